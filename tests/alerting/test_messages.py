"""Messages as they are sent: conditions, variables, functions, recipients, title, and their mistakes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.alerting.messages import Context, mistakes_in, recipients_of, render, title_of
from ddconf.alerting.messages.conditions import CONDITIONS, OF_VALUES
from ddconf.alerting.status import Status, Transition

ALERT = Transition(Status.OK, Status.ALERT)
AGAIN = Transition(Status.ALERT, Status.ALERT)
TRANSITIONS = st.builds(Transition, st.sampled_from(list(Status)), st.sampled_from(list(Status)))


def text(
    template: str, transition: Transition = ALERT, tags: dict[str, Any] | None = None, **values: Any
) -> str:
    return render(template, Context(transition, tags or {}, values, values.get("priority"))).text


@given(TRANSITIONS, st.sampled_from([name for name in CONDITIONS if name not in (*OF_VALUES, "is_priority")]))
def test_of_a_condition_and_its_negation_one_holds(transition: Transition, name: str) -> None:
    block = f"{{{{#{name}}}}}yes{{{{else}}}}no{{{{/{name}}}}}{{{{^{name}}}}}no{{{{else}}}}yes{{{{/{name}}}}}"
    assert text(block, transition) in ("yesyes", "nono")


@given(st.text(alphabet="{}#^/!\"'() aeilsv_.@[]-", max_size=40))
def test_no_template_breaks_the_reader(template: str) -> None:
    mistakes_in(template)
    text(template, value=1)


@given(st.text().filter(lambda plain: "{{" not in plain and "}}" not in plain))
def test_a_text_without_tags_stays_as_it_is(plain: str) -> None:
    assert mistakes_in(plain) == ()
    assert text(plain) == plain.strip()


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{host.name}} {{value}}", "web-1 95.5"),
        ("{{ @http.url.name }} {{[@http.url].name}}", "/a /a"),
        ("{{[dot.key].name}}{{dot.key.name}}", "vv"),
        ("{{env.name}}", "dev,prod"),
        ("{{host.ip}} {{host.metadata_os}}", "10.0.0.1 linux"),
        ("{{log.message}} {{log.attributes.[error.message]}} {{log.tags.team}}", "failed boom net"),
        ("{{log.attributes.list}}", "[1,2]"),
        ("{{a.value}}{{b.log.message}}", "3x"),
        ("[{{nothing}}{{nothing.name}}{{log.attributes}}]", "[]"),
        ("{{log.attributes.html}} {{{log.attributes.html}}}", "&lt;b&gt; <b>"),
        ("{{value}} {{comparator}} {{threshold}}", "95.5 > 90"),
        ('{{eval "value + 5*threshold"}}', "545.5"),
        ('{{eval "round(value)"}} {{eval "int(value)"}} {{eval "dec(value)"}}', "96 95 0.5"),
        ('{{eval "2^3^2"}} {{eval "-2^2"}} {{eval "7 % 4"}}', "512 -4 3"),
        ('{{eval "upper(host.name)"}} {{eval "substring(host.name, 4)"}}', "WEB-1 1"),
        ('{{eval "humanize_bytes(1610612736)"}}', "1.5 GB"),
        ('{{eval "to_bool(1)"}} [{{eval "value / 0"}}] [{{eval "nothing + 1"}}]', "true [] []"),
        ('{{#is_exact_match (eval "int(threshold / 10)") "8" "9"}}day{{/is_exact_match}}', "day"),
        ("{{local_time 'last_triggered_at' 'Asia/Tokyo'}}", "2021-05-31 23:43:27+09:00"),
        ('{{urlencode "log.message"}} {{urlencode "@http.url.name"}}', "failed %2Fa"),
        ("a{{!-- of b }}b{{! c }}{{!-- a } b --}}", "ab"),
        ("{{{{raw}}}}{{value}}{{{{/raw}}}}", "{{value}}"),
        ('{{{{is_match "host.name" "web"}}}}{{ .x }}{{{{/is_match}}}}', "{{ .x }}"),
    ],
)
def test_what_a_template_shows(template: str, expected: str) -> None:
    tags = {"host": "web-1", "@http.url": "/a", "dot.key": "v", "env": ["prod", "dev"]}
    values = {
        "value": 95.5,
        "threshold": 90.0,
        "comparator": ">",
        "host": {"ip": "10.0.0.1", "metadata_os": "linux"},
        "log": {
            "message": "failed",
            "attributes": {"error": {"message": "boom"}, "list": [1, 2], "html": "<b>"},
            "tags": ["team:net"],
        },
        "a": {"value": 3},
        "b": {"log": {"message": "x"}},
        "last_triggered_at_epoch": 1622472207000,
    }
    assert text(template, ALERT, tags, **values) == expected


@pytest.mark.parametrize(
    ("condition", "shown"),
    [
        ('is_match "host.name" "db" "web"', True),
        ('is_match "host" "web"', True),
        ('is_match "host.name" "WEB"', False),
        ('is_match "host.name" ""', True),
        ('is_match "env.name" ""', False),
        ('is_match "value" "5"', True),
        ('is_exact_match "host.name" "web"', False),
        ('is_exact_match "host.name" "x" "web-1"', True),
        ('is_exact_match "value" "95.50"', True),
        ("is_priority 'P2'", True),
        ("is_priority 'P1'", False),
    ],
)
def test_conditions_that_compare(condition: str, shown: bool) -> None:
    name = condition.split()[0]
    template = f"{{{{#{condition}}}}}x{{{{/{name}}}}}"
    assert (text(template, ALERT, {"host": "web-1"}, value=95.5, priority=2) == "x") is shown


def test_a_priority_is_overridden_from_there_on() -> None:
    template = "{{#is_alert}}{{override_priority 'P1'}}{{#is_priority 'P1'}}loud{{/is_priority}}{{/is_alert}}"
    rendered = render(template, Context(ALERT, priority=3))
    assert (rendered.text, rendered.priority) == ("loud", 1)
    assert render(template, Context(Transition(Status.ALERT, Status.OK), priority=3)).priority == 3


@pytest.mark.parametrize(
    ("message", "handles"),
    [
        ("@slack-ops look", ["slack-ops"]),
        ("look @slack-ops, @team-x. @all!", ["slack-ops", "team-x", "all"]),
        ("text:@slack-x (@slack-y) a@b.io", []),
        ("@a.b@example.com @a/b@example.com", ["a.b@example.com"]),
        ("@slack-ops(eu) @slack-ops", ["slack-ops"]),
        ('@workflow-fix(host=host.name, kind="disk") go', ["workflow-fix"]),
        ("@oncall-infra\n@oncall-infra", ["oncall-infra"]),
        ("@", []),
    ],
)
def test_handles(message: str, handles: list[str]) -> None:
    context = Context(ALERT, {"host": "h1"})
    found = recipients_of(message, context)
    assert [recipient.handle for recipient in found] == handles
    if "workflow" in message:
        assert found[0].arguments == {"host": "h1", "kind": "disk"}


@pytest.mark.parametrize(
    ("transition", "title"),
    [
        (ALERT, "[P2] [Triggered on {host:a,env:b}] CPU of a"),
        (AGAIN, "[P2] [Re-Triggered on {host:a,env:b}] CPU of a"),
        (Transition(Status.ALERT, Status.WARN), "[P2] [Warn on {host:a,env:b}] CPU of a"),
        (Transition(Status.WARN, Status.OK), "[P2] [Recovered on {host:a,env:b}] CPU of a"),
        (Transition(Status.OK, Status.NO_DATA), "[P2] [No Data on {host:a,env:b}] CPU of a"),
    ],
)
def test_titles(transition: Transition, title: str) -> None:
    context = Context(transition, {"host": "a", "env": "b"}, priority=2)
    assert title_of("CPU of {{host.name}}", context) == title
    assert title_of("CPU of {{host.name}}", context, include_tags=False) == title.replace(
        " on {host:a,env:b}", ""
    )


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{#is_alert}}x", "{{#is_alert}} is never closed"),
        ("{{#is_alert}}x{{/is_alert", " is never closed"),
        ("{{#is_alert}}{{#is_warning}}x{{/is_alert}}{{/is_warning}}", "closes another block"),
        ("x{{/is_alert}}", "closes nothing"),
        ("{{else}}", "{{else}} stands in no block"),
        ("{{#is_alert}}a{{else}}b{{else}}c{{/is_alert}}", "a second {{else}}"),
        ("{{#is_alertt}}x{{/is_alertt}}", "unknown conditional is_alertt"),
        ('{{#is_match "role.name"}}x{{/is_match}}', "is_match has nothing to compare"),
        ("{{#is_match}}x{{/is_match}}", "is_match has nothing to compare"),
        ("{{#is_priority 'P9'}}x{{/is_priority}}", "is_priority takes one priority"),
        ("{{override_priority 'P7'}}", "override_priority takes one priority"),
        ("{{local_time 'last_triggered_at' 'Mars/Base'}}", "unknown time zone 'Mars/Base'"),
        ("{{local_time 'last_triggered_at'}}", "local_time takes 2 values, not 1"),
        ('{{evall "value"}}', "unknown function evall"),
        ('{{eval "value +"}}', "eval cannot be read"),
        ('{{eval "foo(value)"}}', "unknown function foo()"),
        ('{{eval "value}}', "the quote is never closed"),
        ("{{urlencode}}", "urlencode takes 1 values, not 0"),
        ("{{value}}}", "unbalanced braces, found an extra }"),
        ("value}}", "unbalanced braces, found an extra }"),
        ("{{{{raw}}}}x", "is never closed"),
        ("{{!-- x", "the comment is never closed"),
    ],
)
def test_what_is_wrong(template: str, message: str) -> None:
    assert message in mistakes_in(template)[0].message
    text(template, value=1)


@pytest.mark.parametrize(
    "template", ['{"v":{{value}}}', "a } b", "{{value}} {x}", '{"a": {"b": 1}', '{"a": {"b": 1}}']
)
def test_braces_of_other_languages_are_let_through(template: str) -> None:
    assert mistakes_in(template) == ()
