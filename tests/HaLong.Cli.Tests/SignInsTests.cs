using HaLong.Cli.Journey;

namespace HaLong.Cli.Tests;

public sealed class SignInsTests
{
    private readonly List<string> _asked = [];
    private readonly Clock _clock = new();
    private readonly SignIns _signIns;

    public SignInsTests()
    {
        _signIns = new SignIns(
            role =>
            {
                _asked.Add(role);
                return Task.FromResult($"{role} {_asked.Count}");
            },
            _clock);
    }

    [Fact]
    public async Task Each_role_signs_in_once_for_all_journeys()
    {
        Assert.Equal("citizen 1", await _signIns.OfAsync("citizen"));
        Assert.Equal("officer 2", await _signIns.OfAsync("officer"));
        Assert.Equal("citizen 1", await _signIns.OfAsync("citizen"));
        Assert.Equal(["citizen", "officer"], _asked);
    }

    [Fact]
    public async Task Journeys_at_the_same_time_share_one_sign_in_and_one_that_failed_is_tried_again()
    {
        var (slow, tries) = (new TaskCompletionSource<string>(), 0);
        var signIns = new SignIns(role => ++tries == 1 ? slow.Task : Task.FromResult("again"), _clock);
        var first = signIns.OfAsync("citizen");
        Assert.Same(first, signIns.OfAsync("citizen"));

        slow.SetException(new InvalidOperationException("refused"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        Assert.Equal("again", await signIns.OfAsync("citizen"));
        Assert.Equal(2, tries);
    }

    [Fact]
    public async Task A_token_that_is_about_to_end_is_replaced()
    {
        await _signIns.OfAsync("citizen");
        _clock.Seconds = 419;
        Assert.Equal("citizen 1", await _signIns.OfAsync("citizen"));
        _clock.Seconds = 421;
        Assert.Equal("citizen 2", await _signIns.OfAsync("citizen"));
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
