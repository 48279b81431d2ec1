"""Every item of a list is on one page, and every page can be reached."""

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.card import Menu
from bot.features.terms.paging import jump_menus, page_of, turning_buttons

SIZES = st.integers(1, 9)


@given(st.lists(st.integers(), max_size=300), st.integers(-2, 400), SIZES)
def test_a_page_is_part_of_the_list_whatever_number_is_asked_for(items: list[int], number: int, size: int) -> None:
    page = page_of(items, number, size)
    assert 0 <= page.number < len(page.pages)
    assert [item for one in page.pages for item in one] == items
    assert all(len(one) == size for one in page.pages[:-1])


@given(st.integers(1, 300), st.integers(0, 300), SIZES)
def test_the_buttons_lead_one_page_on_and_stop_at_the_ends(count: int, number: int, size: int) -> None:
    page = page_of(range(count), number, size)
    last = len(page.pages) - 1
    buttons = turning_buttons(page, str)
    assert [(one.custom_id, one.is_disabled) for one in buttons] == (
        [(str(page.number - 1), page.number == 0), (str(page.number + 1), page.number == last)] if last else []
    )


@given(st.integers(1, 300), st.integers(0, 300), SIZES)
def test_the_menu_has_the_page_itself_and_those_around_it(count: int, number: int, size: int) -> None:
    page = page_of(range(count), number, size)
    menus = list(jump_menus(page, str, str))
    assert len(menus) == (len(page.pages) > 2)
    for menu in menus:
        assert isinstance(menu, Menu)
        assert len(menu.options) == min(25, len(page.pages))
        assert f"!{page.number}" in [option.value for option in menu.options]
        assert menu.placeholder == f"Page {page.number + 1} of {len(page.pages)}"
