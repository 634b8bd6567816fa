"""A turn on the roster changes hands in two browsers: it is asked, and stays where it was until there is a yes."""

ROSTER = "/groups/materiaalcommissie/duty/"
NOW = "section[aria-labelledby=now]"


def ask(giver, name):
    giver.go(ROSTER)
    giver.page.locator(NOW).get_by_role("link", name="Overdragen").click()
    giver.page.fill("input[type=search]", name)
    giver.page.locator(".radio-cards label", has_text=name).click()
    giver.page.get_by_role("button", name="Vragen").click()
    giver.page.get_by_text("Tot er een ja is").first.wait_for()


def answer(taker, words):
    taker.go(ROSTER)
    taker.page.get_by_role("button", name=words).click()
    taker.page.wait_for_load_state()


def on_duty(visitor):
    visitor.go(ROSTER)
    return visitor.page.locator(f"{NOW} .strong").inner_text()


def test_a_turn_is_handed_over_only_with_a_yes_and_comes_back_the_same_way(visitor):
    with visitor("phone") as thijs, visitor("desktop", "dark", "en") as anneke:
        thijs.log_in("thijs")
        anneke.log_in("anneke")

        ask(thijs, "Anneke")
        assert on_duty(anneke) == "Thijs Smit"
        answer(anneke, "I cannot")
        assert on_duty(thijs) == "Thijs Smit"

        ask(thijs, "Anneke")
        answer(anneke, "I take it")
        assert on_duty(thijs) == "Anneke Visser"
        assert thijs.page.locator(NOW).get_by_role("link", name="Overdragen").count() == 0

        anneke.page.locator(NOW).get_by_role("link", name="Hand over").click()
        anneke.page.fill("input[type=search]", "Thijs")
        anneke.page.locator(".radio-cards label", has_text="Thijs").click()
        anneke.page.get_by_role("button", name="Ask").click()
        answer(thijs, "Ik neem hem over")
        assert on_duty(anneke) == "Thijs Smit"
