"""Families of wording in the course's own rubrics: each with answers that say it and answers that only look as if."""

from __future__ import annotations

import pytest

from tests.rubrics import matchers

RATE, ADAM = "why_learning_rate", "why_adam"


def check(exercise: str, answer: str, says: str, says_not: str) -> None:
    """That exactly those concepts and misconceptions are found which *says* names, of all that are named."""
    suggestion = matchers()[exercise].suggest(answer)
    found = {one.id for one in suggestion.items if one.status == "found"}
    found |= {one.id for one in suggestion.misconceptions}
    assert found.intersection([*says.split(), *says_not.split()]) == set(says.split())


FAMILY_EXCHANGED = [
    (
        RATE,
        "If the rate is low, the weights leap across the minimum; if it is high, training drags on.",
        "swapped",
        "too_high too_low",
    ),
    (RATE, "A small rate makes the optimizer skip over the valley.", "swapped", "too_high too_low"),
    (
        RATE,
        "High learning rates need thousands of epochs, low ones make the loss explode.",
        "swapped",
        "too_high too_low",
    ),
    (
        RATE,
        "With a tiny rate you fly past the goal and with a huge one you hardly move.",
        "swapped",
        "too_high too_low",
    ),
    (
        RATE,
        "When the step is small the loss blows up. When the step is big it takes ages to converge.",
        "swapped",
        "too_high too_low",
    ),
    (RATE, "With a high rate it lasts very long until the minimum is reached.", "swapped", "too_low"),
    (RATE, "Low rates bounce around the minimum, high ones crawl towards it.", "swapped", "too_high too_low"),
    (
        RATE,
        "A large rate learns thoroughly and so it takes very long, a small one is in a hurry and misses the minimum.",
        "swapped",
        "too_high too_low",
    ),
    (RATE, "With a small rate it moves too little and takes forever.", "too_low", "swapped too_high"),
    (RATE, "With a large rate it moves too far and misses the minimum.", "too_high", "swapped too_low"),
    (
        RATE,
        "A high rate leaps over the minimum, a low one needs very long until it gets there.",
        "too_high too_low",
        "swapped",
    ),
    (RATE, "It needs very long until it converges if the rate is low.", "too_low", "swapped"),
    (
        RATE,
        "If it is low, do not wait too long; if it is high, it will miss the minimum.",
        "too_high",
        "swapped",
    ),
    (RATE, "With a low rate you won't overshoot, but it takes ages.", "too_low", "swapped too_high"),
]

FAMILY_PRAISE = [
    (RATE, "A tiny rate costs you nothing.", "smaller_is_better", "too_low"),
    (
        RATE,
        "One should take the rate as small as possible, nothing speaks against it.",
        "smaller_is_better",
        "too_low",
    ),
    (RATE, "The smaller the better, since small steps are more precise.", "smaller_is_better", "too_low"),
    (RATE, "A small rate is more accurate and has no drawbacks.", "smaller_is_better", "too_low"),
    (RATE, "A low rate is always best because the result is more exact.", "smaller_is_better", "too_low"),
    (RATE, "Going lower never slows down anything and is free of charge.", "smaller_is_better", "too_low"),
    (RATE, "Small steps are more exact but need many more iterations.", "too_low", "smaller_is_better"),
    (RATE, "A small rate costs a lot of time.", "too_low", "smaller_is_better"),
    (RATE, "A small rate is more precise, but it slows down training.", "too_low", "smaller_is_better"),
    (RATE, "Small rates: more steps are needed.", "too_low", "smaller_is_better"),
    (RATE, "A larger rate costs nothing and is always better.", "bigger_is_better", "too_high too_low"),
]

FAMILY_ONE_STEP_FOR_ALL = [
    (ADAM, "Adam takes the same step for every weight.", "shared_rate", "adaptive"),
    (ADAM, "Adam uses one value for all parameters.", "shared_rate", "adaptive"),
    (
        ADAM,
        "It does not adapt the step per parameter but applies the same rate to every weight.",
        "shared_rate",
        "adaptive",
    ),
    (
        ADAM,
        "It does not treat weights individually, they all get the same amount.",
        "shared_rate",
        "adaptive",
    ),
    (
        ADAM,
        "Adam gives everyone the same step size, it doesn't distinguish between weights.",
        "shared_rate",
        "adaptive",
    ),
    (ADAM, "SGD takes the same step for every weight, Adam does not.", "adaptive", "shared_rate"),
    (
        ADAM,
        "While SGD uses the same rate for all parameters, Adam scales each one individually.",
        "adaptive",
        "shared_rate",
    ),
    (
        ADAM,
        "Unlike SGD, which takes one step for all weights, it has a separate step for each.",
        "adaptive",
        "shared_rate",
    ),
    (ADAM, "Not every parameter gets the same step: each has its own.", "adaptive", "shared_rate"),
    (ADAM, "Adam doesn't take the same step for every weight.", "adaptive", "shared_rate"),
    (
        ADAM,
        "There is a separate rate for each weight instead of the same one for all.",
        "adaptive",
        "shared_rate",
    ),
]

FAMILY_VAGUE = [
    (
        RATE,
        "With the right one the results are great and with a wrong one they are not.",
        "",
        "balance too_high too_low",
    ),
    (RATE, "The right value gives better results than the wrong one.", "", "too_high too_low"),
    (RATE, "With the right one everything is fine.", "", "balance"),
    (RATE, "You need the right one, which takes some searching.", "balance", ""),
    (RATE, "Finding the right one is an art.", "balance", ""),
    (RATE, "It simply matters. A wrong one is bad and a right one is good.", "", "balance too_high"),
    (RATE, "One must pick the right one by trying several.", "balance", ""),
]

FAMILY_SIZES = [
    (RATE, "If this number is big, the weights swing from one side to the other.", "too_high", "swapped"),
    (RATE, "If the number is large, the parameters bounce from wall to wall.", "too_high", ""),
    (
        RATE,
        "When that number is huge the loss explodes, when it is tiny nothing moves.",
        "too_high too_low",
        "",
    ),
    (RATE, "If the number of epochs is large, the loss explodes.", "", "too_high"),
    (RATE, "With a large number of layers training gets unstable.", "", "too_high"),
    (RATE, "A shove, and they fly from one extreme to the other.", "too_high", ""),
    (RATE, "Too big and it goes from one extreme to the next.", "too_high", ""),
    (RATE, "If the rate was ten times too high, the loss exploded.", "too_high", ""),
    (RATE, "If the number is small, training crawls.", "too_low", ""),
]

FAMILY_TOO_MUCH_AND_TOO_LITTLE = [
    (RATE, "Overreact and it oscillates, underreact and it takes ages.", "too_high too_low", "swapped"),
    (
        RATE,
        "If we overcorrect, the weights swing back and forth; if we undercorrect, it never gets there.",
        "too_high too_low",
        "swapped",
    ),
    (RATE, "Overdo it and it explodes, underdo it and you wait forever.", "too_high too_low", "swapped"),
    (
        RATE,
        "A driver who oversteers goes from ditch to ditch, one who understeers never gets round the bend.",
        "too_high too_low",
        "swapped",
    ),
    (
        RATE,
        "Hit too hard and the ball rolls past the hole; only tap it and you need thirty strokes.",
        "too_high too_low",
        "",
    ),
    (
        RATE,
        "Strike it with all might and it flies over the hole; a mere tap and you are still there at midnight.",
        "too_high too_low",
        "",
    ),
    (
        RATE,
        "Turn the knob with a real shove and it goes past the station, turn it by a hair and you never arrive.",
        "too_high too_low",
        "",
    ),
    (
        RATE,
        "The more you salt the soup at once, the more likely you ruin it; a single grain at a time and you are still at it at midnight.",
        "too_high too_low",
        "",
    ),
    (
        RATE,
        "Only a whiff, and it takes years. A hard kick, and everything is thrown from one side to the other.",
        "too_high too_low",
        "",
    ),
    (
        RATE,
        "Steps of a giant take you over the valley, steps of an ant take until next year.",
        "too_high too_low",
        "",
    ),
    (RATE, "A wallop and it lands beyond the hole, a touch and you will never get there.", "too_high", ""),
]

FAMILY_SLIPS = [
    (RATE, "it shuld not be to big and not to smal", "balance", ""),
    (RATE, "if its to big it diverges", "too_high", ""),
    (RATE, "to small and it takes ages", "too_low", ""),
    (RATE, "pick a vaule that is niether to large nor to small", "balance", ""),
    (RATE, "when the rate is to high the los gos up, when its to low it is slow", "too_high too_low", ""),
    (RATE, "We lower it from large to small values", "", "too_high"),
    (RATE, "the steps are to long so it jumps over the minimun", "too_high", ""),
    (RATE, "becuase if its to hi it explods", "too_high", ""),
    (RATE, "it changes from big to small during training", "", ""),
]

FAMILY_MISSED = [
    (RATE, "Without it we would not know how far to move.", "step_size", ""),
    (RATE, "Without this, nobody could tell how large a step to take along the gradient.", "step_size", ""),
    (
        RATE,
        "The gradient tells only the direction and not how far to go, this is what the rate is for.",
        "step_size",
        "",
    ),
    (RATE, "Without it the optimizer wouldn't know how big the update should be.", "step_size", ""),
    (RATE, "The learning rate does not say how far to move.", "", "step_size"),
    (RATE, "It has nothing to do with how far the weights move.", "", "step_size"),
    (RATE, "It is not the step size.", "", "step_size"),
    (RATE, "The slope says where to go and not how far; the rate says how far.", "step_size", ""),
    (RATE, "The gradient doesn't determine the step length, the rate does.", "step_size", ""),
]

FAMILY_PICTURES_OF_ADAM = [
    (ADAM, "Everyone wears shoes that fit his own path.", "adaptive", ""),
    (ADAM, "Dials that tremble are turned more gently.", "adaptive", ""),
    (ADAM, "The knobs that jitter a lot get turned less, the silent ones more.", "adaptive", ""),
    (ADAM, "Each screw is turned with its own strength.", "adaptive", ""),
    (ADAM, "Each patient gets his own dose.", "adaptive", ""),
    (
        ADAM,
        "Every singer has her own volume knob, the loud ones are turned down and the quiet ones up.",
        "adaptive",
        "",
    ),
    (ADAM, "Those that have been swinging wildly are held back, the sleepy ones are pushed.", "adaptive", ""),
    (ADAM, "All dials are turned by the same amount, whether they shake or not.", "", "adaptive"),
    (ADAM, "Each student got his own laptop.", "", "momentum low_tuning"),
    (ADAM, "It keeps to the general direction rather than turning at every bend.", "momentum", ""),
    (ADAM, "It sticks to its heading and doesn't swerve at each pebble.", "momentum", ""),
    (ADAM, "A heavy sledge doesn't stop at every bump.", "momentum", ""),
    (
        ADAM,
        "It follows the overall direction of the last hours instead of reacting to every gust.",
        "momentum",
        "",
    ),
    (ADAM, "It turns at every bend.", "", "momentum"),
    (ADAM, "It stays on course although the wind changes each minute.", "momentum", ""),
    (ADAM, "Like a big ship, it doesn't change direction because of a single wave.", "momentum", ""),
]

FAMILY_RARE_THINGS_AND_STORIES = [
    (ADAM, "Rare items still learn something.", "practical", ""),
    (ADAM, "Even words that seldom occur are learned well.", "practical", ""),
    (ADAM, "Films that few people watch, rare films, get learned as well.", "practical", ""),
    (ADAM, "Unpopular products learned something, too.", "practical", ""),
    (ADAM, "Rare categories are trained properly as well.", "practical", ""),
    (ADAM, "My supervisor came back quickly.", "", "practical"),
    (ADAM, "The lecture was fast and I did not understand it.", "", "practical"),
    (ADAM, "The professor talked quickly.", "", "practical"),
    (ADAM, "We quickly wrote the report for the seminar.", "", "practical"),
    (ADAM, "The bus was quick this time.", "", "practical"),
    (ADAM, "You are quickly done with it.", "practical", ""),
    (ADAM, "It gets down into the valley quickly.", "practical", ""),
    (ADAM, "Training is fast.", "practical", ""),
    (ADAM, "It is fast.", "practical", ""),
    (ADAM, "It's not popular because of its speed.", "", "practical"),
    (ADAM, "It is not liked because it needs little tuning.", "", "low_tuning"),
    (ADAM, "It isn't only used because it converges fast.", "practical", ""),
]

FAMILY_LISTS = [
    (
        RATE,
        "step size, gradient, update; overshoot, oscillation; slow, stuck; tuning, schedule",
        "",
        "step_size too_high too_low balance",
    ),
    (
        ADAM,
        "adaptive step per parameter, second moment; momentum, first moment; defaults, little tuning; fast, sparse",
        "",
        "adaptive momentum low_tuning practical",
    ),
    (RATE, "too big overshoots; too small crawls; so tune it", "too_high too_low balance", ""),
    (
        RATE,
        "sets the step size; too large diverges, too small is slow; choose it carefully",
        "step_size too_high too_low balance",
        "",
    ),
    (
        ADAM,
        "own step for each weight; momentum; needs little tuning; converges fast",
        "adaptive low_tuning practical",
        "",
    ),
    (RATE, "if large, it explodes; if small, it crawls", "too_high too_low", ""),
]

FAMILY_WISHES_AND_FINDINGS = [
    (RATE, "Nobody wants the loss to explode, so do not make it too large.", "too_high", ""),
    (RATE, "We don't want it to oscillate, so it must not be too big.", "too_high", ""),
    (RATE, "Nobody wants to wait for ages, so don't make it too small.", "too_low", ""),
    (RATE, "The loss was nan and it turned out that the rate was far too high.", "too_high", ""),
    (RATE, "It oscillated and we noticed that our rate was too large.", "too_high", ""),
    (RATE, "A large rate never makes the loss oscillate or explode.", "", "too_high"),
    (RATE, "A large rate does not overshoot or diverge.", "", "too_high"),
    (RATE, "A large rate doesn't help: it overshoots or diverges.", "too_high", ""),
    (RATE, "With a large rate it does not converge, or it even diverges.", "too_high", ""),
]


@pytest.mark.parametrize(
    ("exercise", "answer", "says", "says_not"),
    [
        *FAMILY_EXCHANGED,
        *FAMILY_PRAISE,
        *FAMILY_ONE_STEP_FOR_ALL,
        *FAMILY_VAGUE,
        *FAMILY_SIZES,
        *FAMILY_TOO_MUCH_AND_TOO_LITTLE,
        *FAMILY_SLIPS,
        *FAMILY_MISSED,
        *FAMILY_PICTURES_OF_ADAM,
        *FAMILY_RARE_THINGS_AND_STORIES,
        *FAMILY_LISTS,
        *FAMILY_WISHES_AND_FINDINGS,
    ],
)
def test_families_of_wording_say_what_they_say(exercise, answer, says, says_not):
    check(exercise, answer, says, says_not)
