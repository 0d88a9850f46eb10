def test_income_on_the_page(as_person, household, outbox):
    """Amounts typed in yuan are kept in fen, and the page shows the arithmetic and the unconfirmed line."""
    browser, path = as_person("shangcha"), f"/households/{household}/income"
    answer = browser.submit(path, path, A1="30,000", E1="1500.5", self_paid_fen="2000")
    assert 303 == answer.status_code, answer.text
    (told,) = outbox("monitoring.income_recorded.v1")
    assert (3_000_000, 2_849_950, 949_983) == (told["wage_fen"], told["net_fen"], told["net_per_head_fen"])
    page = browser.get(path).text
    assert ("28,499.50" in page, "9,499.83" in page, "未确认" in page) == (True, True, True)


def test_unknown_item_is_refused(as_program, household, outbox):
    """A program cannot give an amount for an item the ledger does not have."""
    answer = as_program("shangcha").post(f"/api/households/{household}/income", json={"A6": 1})
    assert 422 == answer.status_code
    assert [] == outbox("monitoring.income_recorded.v1")
