from pathlib import Path

import pytest

from deploy.image.dockerfile import Step, filled, read, steps_in
from deploy.image.refusals import DockerfileError

ROOT = Path(__file__).parents[3]


def _refused(text):
    with pytest.raises(DockerfileError) as refused:
        list(steps_in(text))
    return refused.value.details["reason"]


def test_lines_that_go_on_are_one_step():
    """A step goes over several lines, comments between them left out, and knows where it began."""
    steps = list(steps_in("FROM a\n\n# why\nRUN one \\\n  # inside\n  && two\n"))
    assert [Step("FROM", (), "a", 1), Step("RUN", (), "one && two", 4)] == steps


def test_options_are_told_apart_from_the_text():
    """What stands before the text as --name=value is an option."""
    (step,) = steps_in("COPY --from=builder /a /b\n")
    assert ((("from", "builder"),), ["/a", "/b"]) == (step.options, step.words())


@pytest.mark.parametrize("line", ["ADD a b", "SHELL sh", "VOLUME /data", "run x", "ONBUILD RUN x"])
def test_an_unknown_instruction_is_refused(line):
    """What would be skipped is refused instead."""
    assert "unknown instruction" in _refused(line)


@pytest.mark.parametrize("line", ["COPY --link a b", "RUN --network=none x"])
def test_an_unknown_option_is_refused(line):
    """An option nobody carries out is refused."""
    assert "unknown option" in _refused(line)


def test_a_here_document_and_an_open_end_are_refused():
    """Forms of text that the reader would misread are refused."""
    assert "here-documents" in _refused("RUN <<EOF")
    assert "into nothing" in _refused("RUN a \\\n")


def test_variables_are_filled_or_refused():
    """Both plain forms stand for a value; an unknown name or a form with a default is refused."""
    assert "x-1-1" == filled("x-$A-${A}", {"A": "1"})
    for text in ("$B", "${A:-2}", "$$"):
        with pytest.raises(DockerfileError):
            filled(text, {"A": "1"})


def test_only_the_exec_form_is_taken_where_it_matters():
    """A command in shell form would get signals through a shell."""
    assert ["shouxian"] == Step("ENTRYPOINT", (), '["shouxian"]', 1).listed()
    with pytest.raises(DockerfileError):
        Step("ENTRYPOINT", (), "shouxian", 1).listed()


def test_our_dockerfile_keeps_its_promises():
    """Two stages; the last runs without root, says its health, is labelled, and starts the program itself."""
    file = read(ROOT / "deploy/Dockerfile")
    last = file.stages[-1]
    steps = {step.name: step for step in last.steps}
    assert (2, "builder") == (len(file.stages), file.stages[0].name)
    assert "10001:10001" == steps["USER"].text
    assert ["shouxian"] == steps["ENTRYPOINT"].listed()
    assert {"HEALTHCHECK", "LABEL", "EXPOSE"} <= steps.keys()
    labels = {"title", "version", "revision", "source", "licenses"}
    assert all(f"org.opencontainers.image.{label}=" in steps["LABEL"].text for label in labels)
    assert not [step for step in last.steps if step.name == "RUN" and "pip" in step.text]


def test_packages_are_checked_by_their_hashes():
    """What is installed is what the lock names."""
    runs = [step.text for step in read(ROOT / "deploy/Dockerfile").stages[0].steps if step.name == "RUN"]
    (installing,) = [text for text in runs if "requirements.lock" in text]
    assert "--require-hashes" in installing
