"""What an apply says as it goes."""

from __future__ import annotations

from dataclasses import replace

from ddconf.address import Address
from ddconf.errors import Source
from ddconf.plans.change import Action, Result, ResultStatus
from ddconf.render import results
from tests.render.build import change, field, update

CREATE = change("monitor.cpu", Action.CREATE)
DELETE = change("monitor.old", Action.DELETE, id="3")


def test_a_create_says_when_it_starts_and_how_long_it_took():
    assert results.started(CREATE) == "monitor.cpu: Creating..."
    done = Result(change("monitor.cpu", Action.CREATE, id="12"), ResultStatus.DONE, seconds=1.2)
    assert results.ended(done) == "monitor.cpu: Creation complete after 1s [id=12]"


def test_a_delete_shows_the_id_only_while_there_is_one():
    assert results.started(DELETE) == "monitor.old: Destroying... [id=3]"
    assert results.ended(Result(DELETE, ResultStatus.DONE)) == "monitor.old: Destruction complete after 0s"


def test_every_action_has_words():
    for action in Action:
        assert results.started(change("monitor.a", action)).startswith("monitor.a: ")
        assert "complete after" in results.ended(Result(change("monitor.a", action), ResultStatus.DONE))


def test_a_failure_shows_the_whole_reason_and_no_escape_sequence():
    failed = Result(CREATE, ResultStatus.FAILED, "HTTP 400:\nno \x1b[2Jquery")
    assert results.ended(failed) == "monitor.cpu: Creation failed: HTTP 400:\n  no \\x1b[2Jquery"


def test_a_failure_shows_the_place_of_the_definition():
    failed = Result(replace(CREATE, source=Source("a.yaml", 2, 3)), ResultStatus.FAILED, "HTTP 400: no query")
    assert results.ended(failed) == "monitor.cpu: Creation failed: HTTP 400: no query\n  --> a.yaml:2:3"


def test_a_place_is_not_named_where_another_hand_is_the_cause():
    stale = Result(
        replace(CREATE, source=Source("a.yaml", 2, 3)), ResultStatus.FAILED, "it changed", stale=True
    )
    assert results.ended(stale) == "monitor.cpu: Creation failed: it changed"


def test_only_a_new_address_is_a_move():
    noted = change("monitor.cpu", Action.NOOP, id="1")
    assert results.started(noted) == "monitor.cpu: Recording... [id=1]"
    done = [
        Result(noted, ResultStatus.DONE),
        Result(replace(noted, moved_from=Address("monitor", "old")), ResultStatus.DONE),
    ]
    assert results.ended(done[1]) == "monitor.cpu: Move complete after 0s [id=1]"
    assert results.summary(done).endswith("0 destroyed, 1 moved.")


def test_a_skipped_change_says_why():
    assert (
        results.ended(Result(CREATE, ResultStatus.SKIPPED, "slo.x failed"))
        == "monitor.cpu: Skipped: slo.x failed"
    )


def test_the_summary_counts_a_replacement_twice_and_an_adoption_with_differences_as_a_change():
    actions = [CREATE, DELETE, change("monitor.r", Action.REPLACE), update("monitor.u")]
    adopted = change("monitor.a", Action.ADOPT, fields=(field("name", "a", "b"),))
    done = [Result(one, ResultStatus.DONE) for one in (*actions, adopted)]
    assert results.summary(done) == "Apply complete! Resources: 2 added, 2 changed, 2 destroyed, 1 adopted."


def test_work_by_hand_does_not_make_an_apply_incomplete():
    manual = Result(change("logs_facet.a", Action.MANUAL), ResultStatus.SKIPPED, "to be done by hand")
    assert results.summary([manual]) == (
        "Apply complete! Resources: 0 added, 0 changed, 0 destroyed, 1 to do by hand."
    )


def test_an_incomplete_apply_says_so_and_what_to_do():
    mixed = [
        Result(CREATE, ResultStatus.FAILED, "no"),
        Result(DELETE, ResultStatus.SKIPPED, "monitor.cpu failed"),
    ]
    first, last = results.summary(mixed).splitlines()
    assert first == "Apply incomplete: 1 failed, 1 skipped. Resources: 0 added, 0 changed, 0 destroyed."
    assert "ddconf plan" in last


def test_a_destroy_counts_what_it_destroyed():
    done = [Result(DELETE, ResultStatus.DONE)]
    assert results.summary(done, destroy=True) == "Destroy complete! Resources: 1 destroyed."


def test_colours_come_only_when_asked_for():
    done = Result(CREATE, ResultStatus.DONE)
    assert "\x1b[" in results.summary([done], color=True)
    assert "\x1b[" not in results.summary([done])


def test_durations_over_a_minute_have_minutes():
    assert [results.duration(seconds) for seconds in (0.2, 59, 60, 125)] == ["0s", "59s", "1m0s", "2m5s"]
