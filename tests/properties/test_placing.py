"""Laws of placing our items in a list that others add to, and of the body of an update."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ddconf.document import Document, copy
from ddconf.kind import Kind, rest
from ddconf.plans.comparison import NormalizationContext, compare, only
from ddconf.plans.merge import body_for_update
from ddconf.plans.normalize import normalize
from ddconf.plans.pair_items import pair
from ddconf.plans.shared_lists import place
from tests.properties.documents import DOCUMENTS, VALUES, law

IDS = st.lists(st.integers(0, 12), unique=True, max_size=10)


@law
@given(IDS, IDS)
def test_our_order_holds_and_nothing_is_lost_or_doubled(live: list[int], ours: list[int]) -> None:
    placed = place(live, ours)
    assert (only(placed, ours) or []) == ours
    assert sorted(placed) == sorted({*live, *ours})


@law
@given(st.lists(st.integers(0, 5), max_size=10), st.lists(st.integers(0, 5), max_size=10))
def test_ours_stand_once_though_a_list_has_them_twice(live: list[int], ours: list[int]) -> None:
    placed = place(live, ours)
    assert [item for item in placed if item in ours] == list(dict.fromkeys(ours))
    assert [item for item in placed if item not in ours] == [item for item in live if item not in ours]


@law
@given(IDS, IDS)
def test_theirs_keep_their_order_and_where_all_is_live_their_places(live: list[int], ours: list[int]) -> None:
    placed = place(live, ours)
    theirs = [item for item in live if item not in ours]
    assert [item for item in placed if item not in ours] == theirs
    if set(ours) <= set(live):
        assert [placed.index(item) for item in theirs] == [live.index(item) for item in theirs]


@law
@given(IDS, IDS)
def test_to_place_again_changes_nothing(live: list[int], ours: list[int]) -> None:
    placed = place(live, ours)
    assert place(placed, ours) == placed


@law
@given(IDS, IDS, st.integers(20, 25), st.integers(0, 10))
def test_one_that_appears_in_between_changes_nothing_else(
    live: list[int], ours: list[int], newcomer: int, where: int
) -> None:
    with_it = [*live[:where], newcomer, *live[where:]]
    placed = place(with_it, ours)
    assert (only(placed, ours) or []) == ours
    assert [item for item in placed if item not in ours] == [item for item in with_it if item not in ours]


@law
@given(st.lists(VALUES, max_size=6), st.lists(VALUES, max_size=6))
def test_each_item_is_paired_once(left: list[object], right: list[object]) -> None:
    pairs = pair(left, right)
    assert len(set(pairs.values())) == len(pairs)
    assert all(0 <= i < len(left) and 0 <= j < len(right) for i, j in pairs.items())


@law
@given(st.lists(VALUES, max_size=6), st.randoms(use_true_random=False))
def test_a_list_is_paired_whole_with_its_own_items_in_any_order(items: list[object], random: object) -> None:
    shuffled = copy(items)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert len(pair(items, shuffled)) == len(items)


KIND = Kind(name="thing", api=rest("/api"), read_only=("c",), defaults={"b": 1}, unordered=("tags",))


@law
@given(DOCUMENTS, DOCUMENTS)
def test_an_update_that_replaces_makes_the_live_object_as_desired(desired: Document, live: Document) -> None:
    _, changes = compare(NormalizationContext(KIND), desired, live, None)
    sent = body_for_update(KIND, live, changes, desired)
    assert compare(NormalizationContext(KIND), desired, sent, None)[1] == ()
    assert "id" not in sent


@law
@given(DOCUMENTS)
def test_an_update_without_changes_sends_what_is_live(live: Document) -> None:
    sent = body_for_update(KIND, live, (), live)
    assert normalize(KIND, sent) == normalize(KIND, live)
    assert sent == {key: value for key, value in live.items() if key not in ("id", "c")}
