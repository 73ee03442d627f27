using System.Diagnostics.Metrics;

namespace HaLong.Notifications.Sending.Carriers;

/// <summary>
/// <c>carriers.answers</c> and <c>carriers.duration</c> (s) by provider and outcome; <c>carriers.receipts</c> by provider and outcome (taken, unknown,
/// ignored, refused, unreadable); <c>carriers.receipts_waiting</c> messages whose receipt is still asked for; <c>carriers.receipts_missing</c> closed without one;
/// <c>zalo.refreshes</c> by outcome; <c>zalo.token_age</c>, <c>zalo.token_left</c> and <c>zalo.refresh_token_left</c> (s).
/// </summary>
internal sealed class CarrierMetrics
{
    private readonly Counter<long> answers, receipts, missing, refreshes;
    private readonly Histogram<double> duration;
    private readonly TimeProvider clock;
    private long waiting;
    private TokenTimes? token;

    public CarrierMetrics(IMeterFactory factory, TimeProvider clock)
    {
        this.clock = clock;
        var meter = factory.Create(NotificationMetrics.Name);
        answers = meter.CreateCounter<long>("carriers.answers");
        receipts = meter.CreateCounter<long>("carriers.receipts");
        missing = meter.CreateCounter<long>("carriers.receipts_missing");
        refreshes = meter.CreateCounter<long>("zalo.refreshes");
        duration = meter.CreateHistogram<double>("carriers.duration", "s");
        meter.CreateObservableGauge("carriers.receipts_waiting", () => Interlocked.Read(ref waiting));
        meter.CreateObservableGauge("zalo.token_age", () => Of(t => clock.GetUtcNow() - t.IssuedAt), "s");
        meter.CreateObservableGauge("zalo.token_left", () => Of(t => t.ExpiresAt - clock.GetUtcNow()), "s");
        meter.CreateObservableGauge("zalo.refresh_token_left", () => Of(t => t.RefreshExpiresAt - clock.GetUtcNow()), "s");
    }

    /// <summary>When the access token was given and when both tokens run out.</summary>
    internal sealed record TokenTimes(DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, DateTimeOffset RefreshExpiresAt);

    /// <summary>Counts an answer and gives it back.</summary>
    public ProviderAnswer Answered(string provider, ProviderAnswer answer, long started)
    {
        KeyValuePair<string, object?> who = new("provider", provider), outcome = new("outcome", Word(answer));
        answers.Add(1, who, outcome);
        duration.Record(clock.GetElapsedTime(started).TotalSeconds, who, outcome);
        return answer;
    }

    public void Receipt(string provider, string outcome) =>
        receipts.Add(1, new KeyValuePair<string, object?>("provider", provider), new KeyValuePair<string, object?>("outcome", outcome));

    public void Waiting(long count) => Interlocked.Exchange(ref waiting, count);

    public void Missing(int count) => missing.Add(count);

    public void Refreshed(string outcome) => refreshes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Token(TokenTimes times) => Volatile.Write(ref token, times);

    private IEnumerable<Measurement<double>> Of(Func<TokenTimes, TimeSpan> span) =>
        Volatile.Read(ref token) is { } times ? [new Measurement<double>(span(times).TotalSeconds)] : [];

    private static string Word(ProviderAnswer answer) => answer switch
    {
        ProviderAnswer.Accepted => "accepted",
        ProviderAnswer.Refused => "refused",
        ProviderAnswer.Later => "later",
        _ => "unknown",
    };
}
