"""The verbs of all buttons, menus and forms. A message keeps them for years, so a verb never changes its meaning.

Menus start with `pick:` and buttons with `do:`, except those of terms and answers.
"""

# Terms and answers.
OPEN = "open"
OPEN_FROM_MENU = "menu"
OPEN_FROM_LIST = "pick:entry"
OPEN_LISTED = "pick:listed"
UNFOLD = "unfold"
BACK = "back"
SHARE = "share"
DISMISS = "dismiss"

# Own entries.
ENTRY_FORM = "entry"
MORE_FORM = "more"
MORE_FIELDS = "do:more-fields"
MORE_OF_DRAFT = "do:more-of-draft"
EDIT_DRAFT = "do:edit-draft"
SAVE_DRAFT = "do:save-draft"
DISCARD_DRAFT = "do:discard-draft"
UPLOAD = "do:upload"
IMPORT_FORM = "import"
IMPORT_DRAFT = "do:import-draft"
CHOOSE_ENCODING = "pick:encoding"
ADD_NAMED = "do:add-named"
CANCEL = "do:cancel"

# The home of moderators, and its list of own entries.
HOME = "do:home"
LIST_OWN = "do:own-entries"

# Checking entries.
TURN_REVIEW = "do:review"
CHOOSE_TO_CHECK = "pick:check"
STILL_RIGHT = "do:still-right"
EDIT_CHECKED = "do:check-edit"
RETIRE = "do:retire"
RETIRE_FORM = "retire"
EXPORT_CHECKS = "do:export-checks"

# The history of own entries, and the revisions of the shared data.
TURN_HISTORY = "do:history"
REVERT = "do:revert"
LIST_REVISIONS = "do:revisions"
CHOOSE_REVISION = "pick:rollback"
ROLL_BACK = "do:confirm-rollback"

# Shared entries that have changed since a server made its own from them.
LIST_UPDATES = "do:updates"
CHOOSE_UPDATE = "pick:update"
COMPARE_UPDATE = "do:update"
TAKE_UPDATE = "do:take-update"
KEEP_OWN = "do:keep-own"

# Misses.
NONE_OF_THESE = "do:none-of-these"
SEND_QUESTION = "send-question"
QUESTION_FORM = "question"
LIST_MISSES = "do:misses"
CHOOSE_MISS = "pick:miss"
ADD_MISS = "do:miss-add"
MAKE_ALIAS = "pick:miss-alias"
SAVE_ALIASES = "do:miss-alias-save"
ALIAS_OF = "do:miss-alias-of"
ALIAS_OF_FORM = "alias-of"
DISMISS_MISS = "do:miss-dismiss"

# Suggestions.
SUGGEST = "suggest"
SUGGEST_FORM = "suggest-modal"
LIST_SUGGESTIONS = "do:suggestions"
CHOOSE_SUGGESTION = "pick:suggestion"
APPROVE = "do:approve"
EDIT_AND_APPROVE = "do:edit-approve"
DECLINE = "do:decline"
DECLINE_FORM = "decline"
REPORT = "wrong"
REPORT_FORM = "report"
EDIT_REPORTED = "do:edit-reported"
MARK_FIXED = "do:fixed"

# Topics.
LIST_TOPICS = "do:topics"
CHOOSE_TOPIC = "pick:topic"
TURN_TOPIC = "do:topic"
BROWSE = "do:browse"

# Searching.
TURN_SEARCH = "do:search"

# Maps.
OPEN_MAP = "do:open-map"
TURN_MAP = "do:map"

# What people save for themselves.
SAVE = "do:save"
UNSAVE = "do:unsave"
UNSAVE_LISTED = "pick:unsave"
TURN_SAVED = "do:saved"

# What the card that helps offers to try.
TRY_QUESTION = "do:try-question"
TRY_LOG = "do:try-log"
TRY_RANDOM = "do:try-random"

# The quiz and its leaderboard.
PLAY_QUIZ = "do:quiz-play"
ANSWER_QUIZ = "do:quiz-answer"
TURN_QUIZ = "do:quiz-next"
SHOW_QUIZ_STATS = "do:quiz-stats"
JOIN_LEADERBOARD = "do:board-join"
LEAVE_LEADERBOARD = "do:board-leave"

# Paths.
LIST_PATHS = "do:paths"
CHOOSE_PATH = "pick:path"
SHOW_PATH = "do:path"
OPEN_STEP = "do:step"
CHOOSE_STEP = "pick:step"

# Everything else.
FORGET_ME = "do:forget-me"
SHOW_STATS = "do:stats"
COPY_MINE = "do:copy-mine"
SET_MENTIONS = "do:set-mentions"
SET_HIDDEN = "do:set-hidden"
SET_SUGGESTIONS = "do:set-suggestions"
SET_CHANNELS = "pick:set-channels"
SET_SUGGESTIONS_CHANNEL = "pick:set-suggestions-channel"
SET_MODERATOR_ROLE = "pick:set-role"

# What the bot posts by itself.
SHOW_SETTINGS = "do:settings"
SHOW_POSTS = "do:posts"
SET_POST_CHANNEL = "pick:set-post-channel"
RESUME_POST = "do:resume-post"
SHOW_POST_TIME = "do:post-time"
SET_POST_HOUR = "pick:set-post-hour"
SET_DIGEST_DAY = "pick:set-digest-day"
SET_TIME_ZONE = "pick:set-time-zone"
ASK_TIME_ZONE = "do:ask-time-zone"
TIME_ZONE_FORM = "time-zone"
