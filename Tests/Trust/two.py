#!/usr/bin/env python3
"""Starts two builds into one output at the same time, and looks whether one of them is refused or waits its turn.

    two.py SITEGEN [--pairs N] [--seed N] [--selftest]

Whoever comes second while the first is at work says so and exits with 1; the output is always that of one build that
succeeded, never a mixture. A build that was killed holds nobody up.
"""

import os
import random
import subprocess
import sys
import time

from theatre import Theatre
from workshop import CACHE, CAN_MEDDLE, Program, Run, meddling, selftest, told, write


def both(theatre: Theatre, first: int, second: int, delay: float, environment: dict[str, str]) -> list[Run]:
    """Runs builds of two versions, the second started a little later."""
    processes = []
    for version, pause, more in ((first, 0.0, environment), (second, delay, {})):
        time.sleep(pause)
        command = theatre.program.command(theatre.folder / f"version-{version}", theatre.output)
        processes.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                          env=os.environ | more))
    results = []
    for process in processes:
        output, errors = process.communicate(timeout=60)
        results.append(Run(process.returncode, output, errors, 0))
    return results


def judge(theatre: Theatre, versions: tuple[int, int], results: list[Run]) -> list[str]:
    """What is wrong with two results, and with the output that they leave."""
    wrong = []
    built = [version for version, result in zip(versions, results) if result.code == 0]
    if not built:
        wrong.append("neither build succeeds")
    for result in results:
        is_refused = result.code == 1 and "[publish/busy]" in result.errors
        if result.code != 0 and not is_refused:
            wrong.append(f"neither built nor refused: {result}")
    if not any(not theatre.after_build(version, True) for version in built):
        wrong += ["the output is that of no build that succeeded", *theatre.after_build(built[-1] if built else 1, True)[:5]]
    return wrong


def main() -> int:
    arguments = told(pairs=60)
    theatre = Theatre(Program(arguments.sitegen), CACHE / "two")
    if arguments.selftest:
        return check_the_check(theatre)
    rng = random.Random(arguments.seed)
    refused, in_turn, wrong_pairs, first_wins, second_wins = 0, 0, 0, 0, 0

    def tell(name: str, wrong: list[str]):
        nonlocal wrong_pairs
        if wrong:
            wrong_pairs += 1
            print(f"two: {name}:\n  " + "\n  ".join(wrong), file=sys.stderr)

    for pair in range(arguments.pairs):
        # Of one site or two, into nothing or over an older one; half of the first ones stop in mid-commit for a moment.
        first, second = rng.choice([(1, 1), (1, 2), (2, 1)])
        theatre.prepare(rng.choice([0, 1, 2]))
        environment = {}
        if CAN_MEDDLE and pair % 2:
            environment = meddling("rename,create", theatre.output, rng.randint(1, 90), "command", "sleep 0.15")
        results = both(theatre, first, second, rng.uniform(0, 0.06), environment)
        refused += sum(result.code == 1 for result in results)
        first_wins += results[1].code == 1
        second_wins += results[0].code == 1
        in_turn += all(result.code == 0 for result in results)
        tell(f"pair {pair + 1}, {first} and {second}", judge(theatre, (first, second), results))

    # One site after another: the second one's files, and no others.
    for first, second in ((1, 2), (2, 1)):
        theatre.prepare(0)
        codes = [theatre.build(first).code, theatre.build(second).code]
        tell("one site after another", [f"exit codes {codes}"] * (codes != [0, 0]) + theatre.after_build(second, True))

    held = hold_after_kill(theatre)
    tell("a killed build", held)
    print(f"two: {arguments.pairs} pairs, {first_wins} where the first one won, {second_wins} where the second did, {in_turn} "
          f"in turn; {wrong_pairs} wrong")
    if refused == 0:
        print("two: no build was ever refused: the pairs never met", file=sys.stderr)
    return 1 if wrong_pairs or refused == 0 else 0


def hold_after_kill(theatre: Theatre) -> list[str]:
    """What is wrong with a build that starts right after one was killed that had the output to itself."""
    wrong = []
    for moment in range(5):
        theatre.prepare(1)
        if CAN_MEDDLE:
            theatre.build(2, environment=meddling("rename,create", theatre.output, 1 + moment * 15, "kill"))
        else:
            command = theatre.program.command(theatre.folder / "version-2", theatre.output)
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(0.01 * (moment + 1))
            process.kill()
            process.wait()
        result = theatre.build(2)
        wrong += [] if result.code == 0 else [str(result)]
        wrong += theatre.after_build(2, True)
    return wrong


def check_the_check(theatre: Theatre) -> int:
    """Judges pairs as a program without a lock would leave them."""
    busy = Run(1, "", "error: another build is writing [publish/busy]", 0)
    done = Run(0, "", "", 0)

    def noticed(results: list[Run], built: int, spoil: str = "") -> bool:
        theatre.prepare(built)
        if spoil:
            write(theatre.output, {spoil: (theatre.folder / "clean-2" / spoil).read_bytes()})
        return bool(judge(theatre, (1, 2), results))

    if noticed([done, busy], 1) or noticed([busy, done], 2) or noticed([done, done], 2):
        sys.exit("two --selftest: good pairs are not accepted")
    return selftest("two", {
        "a mixture": noticed([done, busy], 1, "index.html"),
        "the wrong site": noticed([done, busy], 2),
        "two refusals": noticed([busy, busy], 1),
        "a crash": noticed([done, Run(-11, "", "", 0)], 1),
        "a refusal without a word": noticed([done, Run(1, "", "", 0)], 1),
    })


sys.exit(main())
