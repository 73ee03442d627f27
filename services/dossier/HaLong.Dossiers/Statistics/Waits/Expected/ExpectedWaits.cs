using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Deadlines.Explaining;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Statistics.Waits.Expected;

/// <summary>
/// Tells how long it really takes. It is an extra: whatever goes wrong with it, the page that shows it is shown, and says that it is not known.
/// </summary>
internal sealed partial class ExpectedWaits(
    StayReader stays, WaitReader steps, HybridCache cache, CalendarCache calendars, RuleBook rules, IOptions<ExpectedWaitOptions> options,
    ExpectedWaitTelemetry telemetry, TimeProvider time, ILogger<ExpectedWaits> log)
{
    private readonly ExpectedWaitOptions set = options.Value;

    // In this process only: it is read quickly, and losing it costs one query.
    private readonly HybridCacheEntryOptions kept = new()
    {
        Expiration = options.Value.KeptFor,
        LocalCacheExpiration = options.Value.KeptFor,
        Flags = HybridCacheEntryFlags.DisableDistributedCache,
    };

    /// <summary>Of what is filed today.</summary>
    public Task<ExpectedWaitView> OfAsync(string procedure, string? unit, (TimeLimit Limit, bool Assumed) limit, CancellationToken ct) =>
        TryAsync(limit, filed: false, applicants: false, async token =>
        {
            var today = LocalTime.Date(time.GetUtcNow());
            var (history, parents) = (await HistoryAsync(procedure, today, token), await ParentsAsync(token));
            var (sample, tried) = Widening.Choose(history, unit, parents, today, set, i => history.Whole[i]);
            var perDay = PerDay(today);
            if (sample is null)
                return View(WaitBasis.None, null, tried, limit, perDay, [], null, false, false);
            var rows = await StepsAsync(procedure, unit, sample, token);
            return View(sample.Basis.Basis, sample, tried, limit, perDay, StepWaitView.Of(rows, perDay), null, false, false);
        }, ct);

    /// <summary>Of a filed dossier, from now on: of those that took longer than it has taken already, what was left. Null when its result is there or it
    /// is over.</summary>
    public async Task<ExpectedWaitView?> OfAsync(Dossier dossier, Func<Task<(TimeLimit Limit, bool Assumed)>> limitOf, CancellationToken ct)
    {
        if (dossier.SubmittedAt is not { } filed || !DossierStatus.Open.Contains(dossier.Status) || dossier.Status == DossierStatus.Resolved)
            return null;
        var (limit, applicants) = (await limitOf(), Domain.Lifecycle.Waits.Of(dossier)?.IsApplicants == true);
        return await TryAsync(limit, filed: true, applicants, async token =>
        {
            var (now, calendar) = (time.GetUtcNow(), await calendars.GetAsync(token));
            var today = LocalTime.Date(now);
            var (history, parents) = (await HistoryAsync(dossier.ProcedureCode, today, token), await ParentsAsync(token));
            // What is accepted has the check behind it, however long that took.
            var since = dossier.AcceptedAt ?? filed;
            var took = dossier.AcceptedAt is null ? history.Whole : history.Accepted;
            var elapsed = Elapsed(since, now, calendar);
            var (sample, tried) = Widening.Choose(history, dossier.UnitCode, parents, today, set, i => Left(took[i], elapsed));
            return View(sample?.Basis.Basis ?? WaitBasis.None, sample, tried, limit, PerDay(today), [], calendar, true, applicants);
        }, ct);
    }

    /// <summary>What was left of a stay after so many minutes; null when it was over by then.</summary>
    internal static int? Left(int took, int elapsed) => took > elapsed ? took - elapsed : null;

    internal int PerDay(DateOnly day) => (int)(rules.At(day).Hours.PerDay / TimeSpan.TicksPerMinute);

    private int Elapsed(DateTimeOffset from, DateTimeOffset to, WorkCalendar calendar) => (int)(
        new Counting(TimeLimit.WorkingDays(0), calendar, rules.At(LocalTime.Date(from)))
            .WorkBetween(LocalTicks.Of(from), LocalTicks.Of(to)) / TimeSpan.TicksPerMinute);

    private async Task<ExpectedWaitView> TryAsync(
        (TimeLimit, bool) limit, bool filed, bool applicants, Func<CancellationToken, Task<ExpectedWaitView>> work, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(set.Patience);
        ExpectedWaitView view;
        try
        {
            view = await work(patience.Token).WaitAsync(patience.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            NotKnown(log, e.GetType().Name);
            view = View(WaitBasis.Unavailable, null, [], limit, 1, [], null, filed, applicants);
        }

        telemetry.Told(view.Basis, filed);
        return view;
    }

    private ValueTask<StayHistory> HistoryAsync(string procedure, DateOnly today, CancellationToken ct) => cache.GetOrCreateAsync(
        $"dossier:stays:{procedure}:{today:yyyyMMdd}", async token => await stays.ReadAsync(procedure, today.AddDays(1 - set.WidestDays), today, token),
            kept, cancellationToken: ct);

    private ValueTask<UnitParents> ParentsAsync(CancellationToken ct) =>
        cache.GetOrCreateAsync("dossier:unit-parents", async token => await stays.ParentsAsync(token), kept, cancellationToken: ct);

    private async Task<IReadOnlyList<WaitRow>> StepsAsync(string procedure, string? unit, WaitSample sample, CancellationToken ct)
    {
        var basis = sample.Basis;
        var scope = sample.Units is null ? "" : unit;
        return await cache.GetOrCreateAsync(
            $"dossier:steps:{procedure}:{basis.Basis}:{scope}:{basis.To:yyyyMMdd}",
            async token => (await steps.ReadAsync(new WaitSlice(basis.From, basis.To) { Units = sample.Units, Procedure = procedure }, token)).ToArray(),
                kept, cancellationToken: ct);
    }

    private static ExpectedWaitView View(
        string basis, WaitSample? sample, IReadOnlyList<TriedBasis> tried, (TimeLimit Limit, bool Assumed) limit, int perDay, IReadOnlyList<StepWaitView> steps,
        WorkCalendar? calendar, bool filed, bool applicants)
    {
        int? half = sample is null ? null : WorkingDays.Of(sample.Percentile(0.5), perDay);
        int? most = sample is null ? null : WorkingDays.Of(sample.Percentile(0.9), perDay);
        DateOnly? By(int? days) => calendar is not null && days is { } n && sample is not null ? calendar.AddWorkingDays(sample.Basis.To, n) : null;
        return new ExpectedWaitView(
            basis, sample?.Minutes.Length ?? 0, sample?.Basis.From, sample?.Basis.To, half, most, By(half), By(most), applicants,
                LimitView.Of(limit.Limit, limit.Assumed),
            TextView.Of(ExpectedWaitWords.Of(basis, half, most, filed, applicants, Words.Limit(limit.Limit))), steps, tried);
    }

    [LoggerMessage(4472, LogLevel.Warning, "The expected wait could not be told: {Reason}")]
    private static partial void NotKnown(ILogger log, string reason);
}
