using HaLong.Notifications.Webhooks;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Tests.Webhooks;

public sealed class LanesTests
{
    private readonly DeliveryLanes lanes = new(Options.Create(new WebhookOptions { MaxInFlight = 20, MaxInFlightPerSubscription = 8 }));

    [Fact]
    public void Who_is_not_known_has_the_usual_room_and_who_runs_has_what_is_left()
    {
        var (idle, busy, full) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        Run(busy, 3);
        Run(full, 8);

        Assert.Null(RoomOf(idle));
        Assert.Equal((5, 0), (RoomOf(busy), RoomOf(full)));
    }

    [Fact]
    public void Who_fails_three_times_in_a_row_gets_one_at_a_time_until_something_gets_through()
    {
        var id = Guid.CreateVersion7();
        Fail(id, 2);
        Assert.Null(RoomOf(id));
        Fail(id, 1);
        Assert.Equal(1, RoomOf(id));
        Run(id, 1);
        Assert.Equal(0, RoomOf(id));
        lanes.Ended(id, Result(204, 0.01));

        Assert.Null(RoomOf(id));
    }

    [Fact]
    public void Who_is_slow_gets_half_and_the_usual_again_when_it_is_quick()
    {
        var id = Guid.CreateVersion7();
        for (var i = 0; i < 3; i++)
            Once(id, Result(204, 5));
        Assert.Equal(4, RoomOf(id));
        for (var i = 0; i < 10; i++)
            Once(id, Result(204, 0.01));

        Assert.Null(RoomOf(id));
    }

    [Fact]
    public void All_who_fail_or_are_slow_together_never_get_more_than_half_of_the_process()
    {
        var failing = Enumerable.Range(0, 50).Select(_ => Guid.CreateVersion7()).ToList();
        failing.ForEach(id => Fail(id, 3));
        var good = Guid.CreateVersion7();

        var taken = 0;
        for (var round = 0; round < 5; round++)
        {
            var rooms = lanes.Rooms();
            foreach (var (id, room) in rooms.Ids.Zip(rooms.Rooms).Where(r => failing.Contains(r.First)))
            {
                Run(id, room);
                taken += room;
            }
        }

        Assert.Equal(10, taken);
        Assert.Null(RoomOf(good));
        // Whoever had none comes first when one ends.
        var served = failing.First(id => RoomOf(id) == 0);
        Assert.All(failing, id => Assert.Equal(0, RoomOf(id)));
        lanes.Ended(failing[0], Result(500, 0.01));
        Assert.Equal(1, failing.Sum(id => RoomOf(id) ?? 0));
        Assert.NotEqual(Guid.Empty, served);
    }

    [Fact]
    public void An_attempt_without_a_result_frees_its_place_and_says_nothing_about_the_receiver()
    {
        var id = Guid.CreateVersion7();
        Run(id, 8);
        for (var i = 0; i < 8; i++)
            lanes.Ended(id, null);
        lanes.Ended(Guid.CreateVersion7(), null);

        Assert.Null(RoomOf(id));
    }

    [Theory]
    [InlineData(10, null, 10)]
    [InlineData(10, 5, 10)]
    [InlineData(10, 60, 60)]
    [InlineData(10, 100_000, 3600)]
    [InlineData(40_000, 100_000, 40_000)]
    [InlineData(null, 60, null)]
    public void A_receiver_can_ask_for_more_time_within_bounds_but_for_no_more_attempts(int? ours, int? asked, int? expected) => Assert.Equal(
        Seconds(expected), RetrySchedule.After(Seconds(ours), Seconds(asked), TimeSpan.FromHours(1)));

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(6, 160)]
    [InlineData(7, 300)]
    [InlineData(10_000, 300)]
    public void Waits_of_a_proof_double_up_to_the_longest(int attempt, int expected) =>
        Assert.Equal(TimeSpan.FromSeconds(expected), RetrySchedule.Doubling(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), attempt));

    private static TimeSpan? Seconds(int? seconds) => seconds is { } s ? TimeSpan.FromSeconds(s) : null;

    private static AttemptResult Result(int status, double seconds) => new(DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(seconds), status, null);

    private int? RoomOf(Guid id)
    {
        var rooms = lanes.Rooms();
        var index = Array.IndexOf(rooms.Ids, id);
        return index < 0 ? null : rooms.Rooms[index];
    }

    private void Run(Guid id, int count)
    {
        for (var i = 0; i < count; i++)
            lanes.Started(id);
    }

    private void Fail(Guid id, int count)
    {
        for (var i = 0; i < count; i++)
            Once(id, Result(500, 0.01));
    }

    private void Once(Guid id, AttemptResult result)
    {
        lanes.Started(id);
        lanes.Ended(id, result);
    }
}
