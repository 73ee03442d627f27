using System.Diagnostics.Metrics;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Tests.Sending;

public sealed class ProviderRouterTests : IDisposable
{
    private static readonly ProviderAnswer Failure = new ProviderAnswer.Later("down"), Success = new ProviderAnswer.Accepted(null);

    private readonly ShiftedClock clock = new(stands: true);
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ScriptedProvider
        alpha = new("alpha", MessageChannel.Sms), beta = new("beta", MessageChannel.Sms), post = new("post", MessageChannel.Email);

    public void Dispose() => services.Dispose();

    [Fact]
    public void Who_carries_a_channel_is_chosen_and_named()
    {
        var router = Router();

        Assert.Same(post, router.Choose(MessageChannel.Email));
        Assert.Null(router.Choose(MessageChannel.Push));
        Assert.Same(beta, router.Named("beta"));
        Assert.Null(router.Named("gamma"));
        Assert.Equal((true, false), (router.Carries(MessageChannel.Sms), router.Carries(MessageChannel.Zalo)));
        Assert.Equal(3, router.All.Count);
    }

    [Fact]
    public void Messages_are_shared_by_weight()
    {
        var router = Router(("alpha", new ProviderSettings { Weight = 300 }), ("beta", new ProviderSettings { Weight = 100 }));

        Assert.InRange(ShareOfAlpha(router), 0.70, 0.80);

        router.StandingOf("alpha")!.Learn(ProviderMode.Enabled, 1d / 3);
        Assert.InRange(ShareOfAlpha(router), 0.45, 0.55);
    }

    [Fact]
    public void Who_has_no_weight_is_the_last_resort()
    {
        var router = Router(("beta", new ProviderSettings { Weight = 0 }));

        Assert.Equal(1, ShareOfAlpha(router));
        alpha.IsOn = false;
        Assert.Same(beta, router.Choose(MessageChannel.Sms));
    }

    [Fact]
    public void Nobody_gets_anything_who_is_off_disabled_or_was_tried_already()
    {
        var router = Router();

        Assert.Same(beta, router.Choose(MessageChannel.Sms, new HashSet<string> { "alpha" }));
        Assert.Null(router.Choose(MessageChannel.Sms, new HashSet<string> { "alpha", "beta" }));
        router.StandingOf("beta")!.Learn(ProviderMode.Disabled, 1);
        Assert.Equal(1, ShareOfAlpha(router));
        alpha.IsOn = false;
        Assert.Null(router.Choose(MessageChannel.Sms));
        Assert.False(router.Carries(MessageChannel.Sms));
    }

    [Fact]
    public void The_preferred_one_gets_everything_while_it_works()
    {
        var router = Router();
        router.StandingOf("beta")!.Learn(ProviderMode.Preferred, 0.05);
        Assert.Equal(0, ShareOfAlpha(router));

        Fail(router, beta, 5);

        Assert.Equal(1, ShareOfAlpha(router));
    }

    [Fact]
    public void Failures_in_a_row_turn_to_the_other_at_once_and_one_message_tries_it_again()
    {
        var router = Router();
        Fail(router, alpha, 4);
        Assert.InRange(ShareOfAlpha(router), 0.4, 0.6);
        Fail(router, alpha, 1);
        Assert.Equal(0, ShareOfAlpha(router));

        clock.Shift += TimeSpan.FromSeconds(31);
        Assert.InRange(Enumerable.Range(0, 200).Count(_ => router.Choose(MessageChannel.Sms) == alpha), 1, 1);

        router.Learn(alpha, Success, TimeSpan.FromMilliseconds(10));
        Assert.InRange(ShareOfAlpha(router), 0.4, 0.6);
    }

    [Fact]
    public void The_only_one_left_is_taken_whatever_its_circuit_says()
    {
        var router = Router();
        Fail(router, alpha, 5);
        Fail(router, beta, 5);
        Assert.InRange(ShareOfAlpha(router), 0.3, 0.7);

        beta.IsOn = false;
        Assert.Equal(1, ShareOfAlpha(router));
    }

    [Fact]
    public void That_a_number_is_refused_says_nothing_against_the_provider()
    {
        var router = Router();
        Fail(router, alpha, 4);

        router.Learn(alpha, new ProviderAnswer.Refused("no such number", BadAddress: true), TimeSpan.Zero);
        Fail(router, alpha, 4);

        Assert.False(router.StandingOf("alpha")!.Circuit.IsOpen);
    }

    [Fact]
    public void Room_is_what_the_providers_rates_leave_together()
    {
        var router = Router(
            ("alpha", new ProviderSettings { PerSecond = 10, ReserveForCodes = 0 }), ("beta", new ProviderSettings { PerSecond = 20, ReserveForCodes = 0.5 }));

        Assert.Equal((20, int.MaxValue, 0), (router.Room(MessageChannel.Sms), router.Room(MessageChannel.Email), router.Room(MessageChannel.Push)));
        Assert.True(router.StandingOf("alpha")!.TryTake(code: false));
        Assert.Equal(19, router.Room(MessageChannel.Sms));
        router.StandingOf("beta")!.Learn(ProviderMode.Disabled, 1);
        Assert.Equal(9, router.Room(MessageChannel.Sms));
    }

    [Fact]
    public void Replicas_share_a_rate()
    {
        var options = new SendingOptions { Replicas = 4, Providers = { ["alpha"] = new ProviderSettings { PerSecond = 40, ReserveForCodes = 0 } } };

        Assert.Equal(10, new ProviderStanding(alpha, options, clock).Room);
    }

    [Fact]
    public void Attempts_switches_and_weights_are_measured()
    {
        var measured = new Dictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Scope == services.GetRequiredService<IMeterFactory>())
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Count(i, value, tags));
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Count(i, value, tags));
        listener.Start();
        var router = Router(("beta", new ProviderSettings { Weight = 50 }));

        Fail(router, alpha, 5);
        router.Learn(alpha, Success, TimeSpan.FromSeconds(2));
        router.Learn(post, new ProviderAnswer.Unknown("silence"), TimeSpan.Zero);
        listener.RecordObservableInstruments();

        Assert.Equal(
            (5, 1, 1), (measured["sending.attempts alpha later"], measured["sending.attempts alpha accepted"], measured["sending.attempts post unknown"]));
        Assert.Equal((1, 1), (measured["sending.switched alpha circuitOpened"], measured["sending.switched alpha circuitClosed"]));
        Assert.Equal((100, 50), (measured["sending.weight alpha"], measured["sending.weight beta"]));
        Assert.Equal(2, measured["sending.latency alpha"]);

        void Count(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var key = instrument.Name;
            foreach (var tag in tags)
                key += " " + tag.Value;
            measured[key] = measured.GetValueOrDefault(key) + value;
        }
    }

    private ProviderRouter Router(params (string Name, ProviderSettings Settings)[] providers)
    {
        var options = new SendingOptions();
        foreach (var (name, settings) in providers)
            options.Providers[name] = settings;
        return new ProviderRouter(
            [alpha, beta, post], Options.Create(options), new SendingMetrics(services.GetRequiredService<IMeterFactory>()), clock,
            NullLogger<ProviderRouter>.Instance);
    }

    private static void Fail(ProviderRouter router, ScriptedProvider provider, int times)
    {
        for (var i = 0; i < times; i++)
            router.Learn(provider, Failure, TimeSpan.Zero);
    }

    private double ShareOfAlpha(ProviderRouter router) => Enumerable.Range(0, 5000).Count(_ => router.Choose(MessageChannel.Sms) == alpha) / 5000d;
}
