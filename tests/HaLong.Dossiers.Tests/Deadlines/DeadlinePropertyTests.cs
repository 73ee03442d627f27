using CsCheck;
using HaLong.Dossiers.Deadlines;
using static HaLong.Dossiers.Tests.Deadlines.ClockSamples;

namespace HaLong.Dossiers.Tests.Deadlines;

/// <summary>What holds of every limit, every receipt and every history.</summary>
public sealed class DeadlinePropertyTests
{
    private const int Minutes = 8 * 366 * 24 * 60;
    private const long Iterations = 20_000;

    private static readonly DateTimeOffset Epoch = new(2020, 1, 1, 0, 0, 0, TimeSpan.FromHours(7));

    private static readonly Gen<DateTimeOffset> Receipt = Gen.Int[0, Minutes].Select(m => Epoch.AddMinutes(m).AddSeconds(m % 60));
    private static readonly Gen<LimitUnit> Unit = Gen.Int[0, 6].Select(n => (LimitUnit)n);
    private static readonly Gen<TimeLimit> Limit = Gen.Select(Unit, Gen.Int[1, 60], (unit, n) => new TimeLimit(unit, unit switch { LimitUnit.WorkingHour => n * 20, LimitUnit.Year => 1 + (n % 3), LimitUnit.Month => 1 + (n % 14), _ => n }));

    /// <summary>A clock with pauses and perhaps a restart, all of them after the receipt.</summary>
    private static readonly Gen<(TimeLimit Limit, List<ClockEntry> Entries)> History = Gen.Select(Limit, Receipt, Gen.Int[0, 20_000].Array[0, 6], Gen.Int[0, 9], (limit, receipt, gaps, kind) =>
    {
        var (entries, at) = (new List<ClockEntry> { VectorTests.Entry(1, ClockEffect.Start, receipt) }, receipt);
        for (var i = 0; i < gaps.Length; i++)
        {
            at = at.AddMinutes(gaps[i]);
            var effect = i % 2 == 0 ? ClockEffect.Pause : kind == 0 && i == 1 ? ClockEffect.Restart : ClockEffect.Resume;
            entries.Add(VectorTests.Entry(i + 2, effect, at));
        }
        return (limit, entries);
    });

    [Fact]
    public void A_longer_limit_is_never_due_earlier() => Gen.Select(Limit, Receipt, Gen.Int[0, 30]).Sample(
        (limit, receipt, more) => Due(limit, receipt) <= Due(limit with { Count = limit.Count + more }, receipt), iter: Iterations);

    [Fact]
    public void What_is_received_later_is_never_due_earlier() => Gen.Select(Limit, Receipt, Gen.Int[0, 5000]).Sample(
        (limit, receipt, later) => Due(limit, receipt) <= Due(limit, receipt.AddMinutes(later)), iter: Iterations);

    [Fact]
    public void Nothing_is_due_on_a_day_that_is_not_worked_or_outside_the_offices_hours() => History.Sample(h =>
    {
        var due = LocalTicks.Of(Evaluate(h.Limit, h.Entries).ProvisionalDueAt!.Value);
        var (date, time) = (LocalTicks.Date(due), LocalTicks.Time(due));
        return Calendar.IsWorking(date) && Rules.Hours.Windows.Any(w => time > w.From.Ticks && time <= w.To.Ticks) && (h.Limit.IsByTheHour || time == Rules.Hours.Closing);
    }, iter: Iterations);

    [Fact]
    public void The_due_date_lies_after_the_effective_start_and_that_not_before_the_receipt() => Gen.Select(Limit, Receipt).Sample((limit, receipt) =>
    {
        var deadline = DeadlineEngine.Evaluate(limit, receipt, Calendar, Rules);
        return receipt <= deadline.EffectiveStart && deadline.EffectiveStart < deadline.DueAt;
    }, iter: Iterations);

    [Fact]
    public void To_stand_and_go_on_never_makes_it_shorter() => History.Where(h => h.Entries.Count >= 3).Sample(h =>
        Evaluate(h.Limit, h.Entries[..^(h.Entries.Count % 2 == 0 ? 1 : 2)]).ProvisionalDueAt <= Evaluate(h.Limit, h.Entries).ProvisionalDueAt, iter: Iterations);

    // Not of months and years, which have no fixed length, nor of the same day, which is shorter when the rest comes before 15:00.
    [Fact]
    public void To_begin_anew_is_never_due_earlier_than_to_go_on() => History.Where(h => h.Entries.Count % 2 == 1 && h.Entries.Count >= 3 && h.Limit.Unit is not (LimitUnit.Month or LimitUnit.Year or LimitUnit.SameDay)).Sample(h =>
    {
        List<ClockEntry> restarted = [.. h.Entries[..^1], VectorTests.Entry(h.Entries.Count, ClockEffect.Restart, h.Entries[^1].At)];
        List<ClockEntry> resumed = [.. h.Entries[..^1], VectorTests.Entry(h.Entries.Count, ClockEffect.Resume, h.Entries[^1].At)];
        return Evaluate(h.Limit, resumed).DueAt <= Evaluate(h.Limit, restarted).DueAt
            // The statistical clock does not care.
            && Evaluate(h.Limit, resumed).StatisticalDueAt == Evaluate(h.Limit, restarted).StatisticalDueAt;
    }, iter: Iterations);

    [Fact]
    public void Twenty_eight_years_later_the_weeks_are_the_same() => Gen.Select(Gen.Int[1, 200], Gen.Int[0, Minutes], Gen.Int[1, 4]).Sample((days, minute, weeks28) =>
    {
        // 28 years are a whole number of weeks with the same leap years, and without rows only weeks matter.
        var empty = Empty;
        var (limit, receipt) = (TimeLimit.WorkingDays(days), Epoch.AddMinutes(minute));
        var shift = TimeSpan.FromDays((28 * 365 + 7) * weeks28);
        return DeadlineEngine.Evaluate(limit, receipt, empty, Rules).DueAt + shift == DeadlineEngine.Evaluate(limit, receipt + shift, empty, Rules).DueAt;
    }, iter: Iterations);

    [Fact]
    public void Counting_day_by_day_gives_the_same() => Gen.Select(Gen.Int[1, 120], Receipt).Sample((count, receipt) =>
    {
        var day = LocalTicks.Date(LocalTicks.Of(DeadlineEngine.Evaluate(TimeLimit.WorkingDays(count), receipt, Calendar, Rules).EffectiveStart!.Value));
        for (var left = count; left > 0;)
        {
            day = day.AddDays(1);
            if (Calendar.KindOf(day) is DayKind.Ordinary or DayKind.SwapWork)
                left--;
        }
        return day == LocalTicks.Date(LocalTicks.Of(Due(TimeLimit.WorkingDays(count), receipt)));
    }, iter: Iterations);

    [Fact]
    public void The_ledger_adds_up_to_the_limit_and_accounts_for_every_day() => History.Sample(h =>
    {
        var ledger = HaLong.Dossiers.Deadlines.Ledger.Of(h.Limit, h.Entries, Calendar, Rules, h.Entries[^1].At);
        var days = ledger.Days;
        var received = LocalTicks.Date(HaLong.Dossiers.Deadlines.Ledger.Received(h.Entries));
        Assert.Equal(Enumerable.Range(0, days.Count).Select(received.AddDays), days.Select(d => d.Date));
        Assert.Equal(LocalTicks.Date(ledger.Deadline.Due), days[^1].Date);
        Assert.Equal(h.Entries.Count, ledger.Steps.Count);
        var counted = days.Where(d => d.Counts).ToList();
        if (h.Limit.IsByTheHour)
        {
            // To the minute: what does not fill one on a day is left out of that day's figure.
            var work = new Counting(h.Limit, Calendar, Rules).Work / TimeSpan.TicksPerMinute;
            Assert.InRange(counted.Sum(d => d.Minutes!.Value), work - counted.Count - 1, work);
            return;
        }
        var start = LocalTicks.Date(ledger.Deadline.Start);
        Assert.Equal(h.Limit.Unit switch
        {
            LimitUnit.SameDay => 1,
            LimitUnit.Month => start.AddMonths(h.Limit.Count).DayNumber - start.DayNumber,
            LimitUnit.Year => start.AddYears(h.Limit.Count).DayNumber - start.DayNumber,
            _ => h.Limit.Count,
        }, counted.Count);
        Assert.Equal(Enumerable.Range(1, counted.Count).Select(n => (int?)n), counted.Select(d => d.Number));
    }, iter: 3000);

    private static readonly WorkCalendar Empty = new(0, [], new Dictionary<int, bool>());

    private static DateTimeOffset Due(TimeLimit limit, DateTimeOffset receipt) => DeadlineEngine.Evaluate(limit, receipt, Calendar, Rules).DueAt!.Value;

    private static Deadline Evaluate(TimeLimit limit, List<ClockEntry> entries) => DeadlineEngine.Evaluate(limit, entries, Calendar, Rules, entries[^1].At);
}
