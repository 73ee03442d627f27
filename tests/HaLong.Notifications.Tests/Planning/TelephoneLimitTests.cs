using HaLong.Notifications.Domain;
using HaLong.Notifications.Planning;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Planning;

public sealed class TelephoneLimitTests(RuleWorld world) : IClassFixture<RuleWorld>
{
    private static readonly DateTimeOffset Now = RuleWorld.Tuesday(12);
    private static readonly RuleOptions Rules = new() { TelephonePerHour = 3, TelephonePerDay = 5, SameTextPerDay = 2 };

    [Fact]
    public void The_place_that_runs_out_first_says_when_there_is_another_one()
    {
        Assert.IsType<GateAnswer.Go>(Ask([]));
        Assert.IsType<GateAnswer.Go>(Ask([Ago(50), Ago(10)]));
        Assert.Equal(new GateAnswer.Wait(Now.AddMinutes(10), TelephoneLimit.Reason), Ask([Ago(50), Ago(40), Ago(10)]));
        Assert.Equal(new GateAnswer.Wait(Now.AddMinutes(20), TelephoneLimit.Reason), Ask([Ago(50), Ago(40), Ago(10), Ago(5)]));
        // The edge of the hour: what is exactly an hour old is gone.
        Assert.IsType<GateAnswer.Go>(Ask([Ago(60), Ago(40), Ago(10)]));
    }

    [Fact]
    public void A_full_day_waits_for_tomorrow_also_when_the_hour_is_free()
    {
        List<TakenPlace> day = [Ago(1000), Ago(900), Ago(800), Ago(700), Ago(600)];

        Assert.Equal(new GateAnswer.Wait(Now.AddMinutes(440), TelephoneLimit.Reason), Ask(day));
        Assert.Equal(new GateAnswer.Wait(Now.AddMinutes(440 + 100), TelephoneLimit.Reason), Ask([.. day, Ago(300)]));
        // Both are full: the later time holds.
        Assert.Equal(new GateAnswer.Wait(Now.AddMinutes(440), TelephoneLimit.Reason), Ask([Ago(1000), Ago(900), Ago(50), Ago(40), Ago(30)]));
        Assert.Equal(new GateAnswer.Wait(Now.AddMinutes(10), TelephoneLimit.Reason), Ask([Ago(1439), Ago(1438), Ago(50), Ago(40), Ago(30)]));
    }

    [Fact]
    public void A_notice_that_has_a_place_needs_no_other_one_through_whatever_channel_it_goes() =>
        Assert.IsType<GateAnswer.Go>(Ask([Ago(50) with { Notice = 7 }, Ago(40), Ago(30), Ago(20)], notice: 7));

    [Fact]
    public void The_same_words_are_said_twice_a_day_and_not_three_times()
    {
        var said = Ago(90) with { Text = 9 };

        Assert.IsType<GateAnswer.Go>(Ask([said], text: 9));
        Assert.Equal(new GateAnswer.Drop(MessageState.Cancelled, TelephoneLimit.SameText), Ask([said, said with { Notice = 3 }], text: 9));
    }

    [Fact]
    public async Task Many_workers_that_ask_for_one_person_at_once_get_no_place_too_many()
    {
        var person = Guid.CreateVersion7();
        var messages = Enumerable.Range(0, 24).Select(n => Message(person, $"fact-{n}", $"text {n}")).ToList();
        var limit = world.World.Service.Services.GetRequiredService<TelephoneLimit>();

        var answers = await Task.WhenAll(messages.Select(m => limit.TakeAsync(m, Now, World.Ct)));

        Assert.Equal(3, answers.Count(a => a is GateAnswer.Go));
        Assert.All(answers.OfType<GateAnswer.Wait>(), w => Assert.Equal(Now.AddHours(1), w.Until));
        Assert.Equal(21, answers.OfType<GateAnswer.Wait>().Count());
    }

    [Fact]
    public async Task Asking_again_takes_no_second_place_and_old_places_are_cleared_away()
    {
        var person = Guid.CreateVersion7();
        var (first, other) = (Message(person, "fact-1", "one"), Message(person, "fact-2", "two"));
        var limit = world.World.Service.Services.GetRequiredService<TelephoneLimit>();

        for (var attempt = 0; attempt < 5; attempt++)
            Assert.IsType<GateAnswer.Go>(await limit.TakeAsync(first, Now.AddMinutes(attempt), World.Ct));
        Assert.Equal(1, await PlacesAsync(person));
        Assert.IsType<GateAnswer.Go>(await limit.TakeAsync(other, Now.AddHours(24), World.Ct));
        Assert.Equal(1, await PlacesAsync(person));
    }

    private Task<int> PlacesAsync(Guid person) => world.World.InDatabaseAsync(db => db.Set<TelephoneSend>().CountAsync(s => s.RecipientId == person));

    private static GateAnswer Ask(List<TakenPlace> taken, long notice = 1, long text = 2) => TelephoneLimit.Decide(taken, notice, text, Now, Rules);

    private static TakenPlace Ago(int minutes) => new(1000 + minutes, Now.AddMinutes(-minutes), 2000 + minutes);

    private static Message Message(Guid person, string trigger, string body) => new()
    {
        Id = Guid.CreateVersion7(),
        RecipientId = person,
        Kind = NoticeKinds.DossierAccepted,
        Trigger = trigger,
        Channel = MessageChannel.Sms,
        Language = "vi",
        Title = "",
        Body = body,
        CreatedAt = Now,
    };
}
