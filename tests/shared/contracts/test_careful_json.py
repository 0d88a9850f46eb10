import json

import pytest

from shared.contracts.careful_json import NotJsonError, read_elements, read_text


class TestReadText:
    def test_names_a_member_given_twice(self):
        """A top-level member given twice is named; the last value is kept."""
        read = read_text(' {"a": 1, "b": 2, "a": 3} ')
        assert (read.repeated, read.value) == ("a", {"a": 3, "b": 2})

    def test_finds_no_fault_in_plain_json(self):
        """JSON anybody can keep has no fault, at the limits of 64 bits neither."""
        value = {"a": [1, 1.5, None, True, "文\t\U0001f33e"], "b": {"c": [-(2**63), 2**64 - 1, 1e308]}}
        read = read_text(json.dumps(value))
        assert (value, "", None) == (read.value, read.repeated, read.fault)

    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ('{"a": {"b": 1, "b": 1}}', "twice"),
            ('{"a": 18446744073709551616}', "64"),
            ('{"a": [-9223372036854775809]}', "64"),
            ('{"a": 1e999}', "64"),
            ('{"a": -1e999}', "64"),
            ('{"a": "\\u0000"}', "kept"),
            ('{"\\ud800": 1}', "kept"),
        ],
    )
    def test_says_why_it_cannot_be_kept(self, text, word):
        """JSON that a database or another reader would refuse says why."""
        fault = read_text(text).fault
        assert fault is not None
        assert word in fault[1]

    @pytest.mark.parametrize("text", ["", "{", "1 2", "NaN", "[1,]", "\ufeff1", "١", "[" * 200_000])
    def test_refuses_what_is_no_json(self, text):
        """A text that is no JSON, or too deep to read, is one kind of error."""
        with pytest.raises(NotJsonError):
            read_text(text)


class TestReadElements:
    def test_each_with_its_own_text(self):
        """Every element comes with the text it had."""
        read = read_elements(' [ {"a":  1} ,"], [" , [ ] ] ')
        assert read is not None
        assert ['{"a":  1}', '"], ["', "[ ]"] == [element.text for element in read]

    @pytest.mark.parametrize("text", ["{}", '"[]"', "1", "null"])
    def test_only_of_an_array(self, text):
        """Another JSON value has no elements."""
        assert read_elements(text) is None

    @pytest.mark.parametrize("text", ["[1", "[1 2]", "[1,,2]", "[1] 2", "[NaN]"])
    def test_refuses_what_is_no_json(self, text):
        """A broken array is no JSON, whatever its first elements are."""
        with pytest.raises(NotJsonError):
            read_elements(text)
