def test_a_member_logs_in_and_sees_home(visitor):
    with visitor("phone") as anneke:
        anneke.log_in("anneke")

        assert anneke.page.locator("h1").count() == 1


def test_a_stranger_sees_the_door_and_nothing_else(visitor):
    with visitor() as stranger:
        stranger.go("/groups/")

        assert "/account/login/" in stranger.page.url
        assert "Zomertocht" not in stranger.page.content()
