namespace HaLong.Dossiers.Deadlines;

/// <summary>The calendar, as this process knows it.</summary>
internal sealed class CalendarCache
{
    private readonly Lazy<WorkCalendar> calendar = new(DeadlineData.Calendar);

    public ValueTask<WorkCalendar> GetAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return ValueTask.FromResult(calendar.Value);
    }
}
