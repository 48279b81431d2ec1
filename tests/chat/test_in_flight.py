"""Waiting for the answers that are being given right now."""

import asyncio
import gc
import weakref

import pytest

from bot.chat.in_flight import InFlight

LONG = 3600.0


async def turns() -> None:
    """Let everything that can go on go on."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_with_nothing_in_flight_there_is_nothing_to_wait_for() -> None:
    await asyncio.wait_for(InFlight().wait_until_empty(seconds=LONG), 5)


async def test_what_was_spawned_is_waited_for() -> None:
    in_flight, go, done = InFlight(), asyncio.Event(), asyncio.Event()

    async def work() -> None:
        await go.wait()
        done.set()

    in_flight.spawn(work())
    draining = asyncio.create_task(in_flight.wait_until_empty(seconds=LONG))
    await turns()
    assert not draining.done()
    go.set()
    await asyncio.wait_for(draining, 5)
    assert done.is_set()


async def test_a_task_that_asks_to_be_held_is_waited_for_to_its_end() -> None:
    in_flight, go = InFlight(), asyncio.Event()

    async def command() -> None:
        in_flight.hold_current_task()
        in_flight.hold_current_task()
        await go.wait()

    task = asyncio.create_task(command())
    await turns()
    draining = asyncio.create_task(in_flight.wait_until_empty(seconds=LONG))
    await turns()
    assert not draining.done()
    go.set()
    await asyncio.wait_for(draining, 5)
    assert task.done()


async def test_all_of_several_are_waited_for() -> None:
    in_flight, gates = InFlight(), [asyncio.Event() for _ in range(3)]

    async def work(gate: asyncio.Event) -> None:
        await gate.wait()

    for gate in gates:
        in_flight.spawn(work(gate))
    draining = asyncio.create_task(in_flight.wait_until_empty(seconds=LONG))
    for gate in gates:
        await turns()
        assert not draining.done()
        gate.set()
    await asyncio.wait_for(draining, 5)


async def test_what_takes_too_long_is_left_to_itself() -> None:
    in_flight, go = InFlight(), asyncio.Event()
    tasks: list[asyncio.Task[None] | None] = []

    async def stuck() -> None:
        tasks.append(asyncio.current_task())
        await go.wait()

    in_flight.spawn(stuck())
    await turns()
    await asyncio.wait_for(in_flight.wait_until_empty(seconds=0), 5)
    (task,) = tasks
    assert task is not None
    assert not task.done()
    go.set()
    await task


async def test_what_ended_is_not_kept() -> None:
    in_flight = InFlight()
    tasks: list[weakref.ref[asyncio.Task[None]]] = []

    async def work() -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.append(weakref.ref(task))

    in_flight.spawn(work())
    await turns()
    gc.collect()
    assert [task() for task in tasks] == [None]


async def test_what_ended_is_not_waited_for_again() -> None:
    in_flight = InFlight()

    async def work() -> None:
        in_flight.hold_current_task()

    await asyncio.create_task(work())
    in_flight.spawn(work())
    await turns()
    await asyncio.wait_for(in_flight.wait_until_empty(seconds=LONG), 5)


async def test_work_that_fails_or_is_cancelled_is_over() -> None:
    in_flight = InFlight()
    tasks: list[asyncio.Task[None]] = []

    async def fails() -> None:
        in_flight.hold_current_task()
        raise ValueError("broken")

    async def waits() -> None:
        in_flight.hold_current_task()
        await asyncio.Event().wait()

    tasks += [asyncio.create_task(fails()), asyncio.create_task(waits())]
    await turns()
    tasks[1].cancel()
    await asyncio.wait_for(in_flight.wait_until_empty(seconds=LONG), 5)
    with pytest.raises(ValueError, match=r"^broken$"):
        await tasks[0]
    assert tasks[1].cancelled()


async def test_outside_of_a_task_there_is_nothing_to_hold() -> None:
    in_flight, called = InFlight(), asyncio.Event()

    def callback() -> None:
        in_flight.hold_current_task()
        called.set()

    asyncio.get_running_loop().call_soon(callback)
    await asyncio.wait_for(called.wait(), 5)
    await asyncio.wait_for(in_flight.wait_until_empty(seconds=LONG), 5)


async def test_work_that_comes_up_while_waiting_is_waited_for_too() -> None:
    in_flight, go, done = InFlight(), asyncio.Event(), asyncio.Event()

    async def second() -> None:
        await turns()
        done.set()

    async def first() -> None:
        await go.wait()
        in_flight.spawn(second())

    in_flight.spawn(first())
    draining = asyncio.create_task(in_flight.wait_until_empty(seconds=LONG))
    await turns()
    go.set()
    await draining
    was_done = done.is_set()
    await asyncio.wait_for(done.wait(), 5)
    assert was_done


async def test_work_that_must_be_finished_goes_on_when_the_waiting_task_is_cancelled_and_is_waited_for() -> None:
    in_flight, go, done = InFlight(), asyncio.Event(), asyncio.Event()

    async def work() -> None:
        await go.wait()
        done.set()

    waiting = asyncio.create_task(in_flight.finish(work()))
    await turns()
    waiting.cancel()
    draining = asyncio.create_task(in_flight.wait_until_empty(seconds=LONG))
    await turns()
    assert waiting.cancelled()
    assert not draining.done()
    go.set()
    await asyncio.wait_for(draining, 5)
    assert done.is_set()
