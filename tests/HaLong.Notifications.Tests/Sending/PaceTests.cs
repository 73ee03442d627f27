using System.ComponentModel.DataAnnotations;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace HaLong.Notifications.Tests.Sending;

/// <summary>How fast, how often, how long: schedules, rates, circuits and their settings.</summary>
public sealed class PaceTests
{
    private readonly ShiftedClock clock = new(stands: true);

    [Theory]
    [InlineData("Sms", 8, "5,10,15,30,30,30,30", 60)]
    [InlineData("Zalo", 4, "30,120,300", 1)]
    [InlineData("Push", 4, "10,60,300", 1)]
    [InlineData("Email", 18, "10,20,40,80,160,320,640,1280,2560,3600,3600,3600,3600,3600,3600,3600,3600", 1)]
    public void Each_channel_has_a_schedule_of_its_own(string channel, int attempts, string waits, int seconds)
    {
        var schedule = new SendingOptions().ScheduleOf(Enum.Parse<MessageChannel>(channel));

        var tries = Enumerable.Range(1, attempts - 1).ToList();
        var expected = waits.Split(',').Select(w => int.Parse(w, System.Globalization.CultureInfo.InvariantCulture) * (double)seconds);
        Assert.Equal(expected, tries.Select(t => schedule.After(t, 0, 0.5).TotalSeconds));
        Assert.All(tries, t => Assert.False(schedule.IsLast(t)));
        Assert.True(schedule.IsLast(attempts));
    }

    [Fact]
    public void Mail_is_tried_for_about_nine_hours()
    {
        var schedule = new SendingOptions().ScheduleOf(MessageChannel.Email);

        Assert.InRange(Enumerable.Range(1, 17).Sum(t => schedule.After(t, 0, 0).TotalHours), 8.5, 9.5);
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(0.5, 10)]
    [InlineData(1, 12)]
    public void A_wait_is_spread_by_its_jitter(double random, double seconds) =>
        Assert.Equal(seconds, ChannelSchedule.DefaultOf(MessageChannel.Push).After(1, 0.2, random).TotalSeconds, precision: 6);

    [Fact]
    public void Settings_change_only_what_they_name()
    {
        var options = Bind(("Sending:Channels:Sms:Attempts", "3"), ("Sending:Channels:Zalo:Delays:0", "00:00:07"),
            ("Sending:Providers:viettel:PerSecond", "50"));

        var (sms, zalo) = (options.ScheduleOf(MessageChannel.Sms), options.ScheduleOf(MessageChannel.Zalo));
        Assert.Equal((TimeSpan.FromMinutes(10), true), (sms.After(2, 0, 0), sms.IsLast(3)));
        Assert.Equal((TimeSpan.FromSeconds(7), false), (zalo.After(3, 0, 0), zalo.IsLast(3)));
        Assert.Equal((50d, 100d), (options.SettingsOf("viettel").PerSecond, options.SettingsOf("viettel").Weight));
        Assert.Null(options.SettingsOf("other").PerSecond);
    }

    [Theory]
    [InlineData("Sending:Channels:Sms:Attempts", "0")]
    [InlineData("Sending:Channels:Sms:Attempts", "101")]
    [InlineData("Sending:Channels:Sms:Delays:0", "00:00:00")]
    [InlineData("Sending:Providers:sms:Weight", "-1")]
    [InlineData("Sending:Providers:sms:PerSecond", "0")]
    [InlineData("Sending:Providers:sms:ReserveForCodes", "1")]
    public void A_setting_that_makes_no_sense_is_named(string key, string value)
    {
        var options = Bind((key, value));

        var refusal = Assert.Single(options.Validate(new ValidationContext(options)));

        Assert.Contains(string.Join(':', key.Split(':')[..3]), refusal.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_are_right_are_not_refused()
    {
        var options = Bind(("Sending:Channels:Sms:Attempts", "1"), ("Sending:Channels:Sms:Delays:0", "00:00:01"), ("Sending:Providers:sms:Weight", "0"));

        Assert.Empty(options.Validate(new ValidationContext(options)));
    }

    [Fact]
    public void A_rate_lets_through_a_seconds_worth_less_what_is_kept_for_codes()
    {
        var bucket = new TokenBucket(perSecond: 10, reserve: 0.2, clock);

        Assert.Equal(8, bucket.Room);
        Assert.Equal(8, Enumerable.Range(0, 20).Count(_ => bucket.TryTake(code: false)));
        Assert.Equal(0, bucket.Room);
        Assert.True(bucket.TryTake(code: true));

        clock.Shift += TimeSpan.FromMilliseconds(500);
        Assert.Equal(4, Enumerable.Range(0, 20).Count(_ => bucket.TryTake(code: false)));
        clock.Shift += TimeSpan.FromHours(1);
        Assert.Equal(8, bucket.Room);
    }

    [Fact]
    public void Codes_run_into_debt_that_the_others_wait_for()
    {
        var bucket = new TokenBucket(perSecond: 10, reserve: 0.2, clock);

        Assert.Equal(20, Enumerable.Range(0, 50).Count(_ => bucket.TryTake(code: true)));
        clock.Shift += TimeSpan.FromSeconds(1.2);
        Assert.False(bucket.TryTake(code: false));
        clock.Shift += TimeSpan.FromSeconds(0.2);
        Assert.True(bucket.TryTake(code: false));
    }

    [Fact]
    public void A_slow_rate_is_no_stop()
    {
        var bucket = new TokenBucket(perSecond: 0.5, reserve: 0.9, clock);

        Assert.True(bucket.TryTake(code: false));
        Assert.False(bucket.TryTake(code: false));
        clock.Shift += TimeSpan.FromSeconds(2.1);
        Assert.True(bucket.TryTake(code: false));
    }

    [Fact]
    public void A_clock_that_goes_back_gives_nothing_twice()
    {
        var bucket = new TokenBucket(perSecond: 2, reserve: 0, clock);
        Assert.True(bucket.TryTake(code: false));
        Assert.True(bucket.TryTake(code: false));

        clock.Shift -= TimeSpan.FromMinutes(1);

        Assert.False(bucket.TryTake(code: false));
    }

    [Fact]
    public async Task Many_at_once_get_no_more_than_the_rate()
    {
        var bucket = new TokenBucket(perSecond: 100, reserve: 0, clock);

        var got = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Enumerable.Range(0, 50).Count(_ => bucket.TryTake(code: false)))));

        Assert.Equal(100, got.Sum());
    }

    [Fact]
    public void A_circuit_opens_after_failures_in_a_row_and_lets_one_through_after_its_time()
    {
        var circuit = new Circuit(new HealthSettings(), clock);
        Assert.Equal([false, false, false, false, true, false], Enumerable.Range(0, 6).Select(_ => circuit.Fail()));
        Assert.True(circuit.IsOpen);
        Assert.False(circuit.LetsThrough());

        // The second opening took twice as long.
        clock.Shift += TimeSpan.FromSeconds(59);
        Assert.False(circuit.LetsThrough());
        clock.Shift += TimeSpan.FromSeconds(2);
        Assert.True(circuit.LetsThrough());
        Assert.False(circuit.LetsThrough());

        Assert.True(circuit.Succeed());
        Assert.False(circuit.Succeed());
        Assert.False(circuit.IsOpen);
        Assert.True(circuit.LetsThrough());
    }

    [Fact]
    public void Failures_that_are_not_in_a_row_open_nothing()
    {
        var circuit = new Circuit(new HealthSettings { OpensAfter = 2 }, clock);

        for (var i = 0; i < 10; i++)
        {
            Assert.False(circuit.Fail());
            Assert.False(circuit.Succeed());
        }

        Assert.True(circuit.LetsThrough());
    }

    [Fact]
    public void A_circuit_never_stays_open_longer_than_ten_times_its_first()
    {
        var circuit = new Circuit(new HealthSettings { OpensAfter = 1, OpenFor = TimeSpan.FromSeconds(30) }, clock);
        for (var i = 0; i < 50; i++)
            circuit.Fail();

        clock.Shift += TimeSpan.FromSeconds(299);
        Assert.False(circuit.LetsThrough());
        clock.Shift += TimeSpan.FromSeconds(2);
        Assert.True(circuit.LetsThrough());
    }

    private static SendingOptions Bind(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value))).Build()
        .GetSection(SendingOptions.Section).Get<SendingOptions>()!;
}
