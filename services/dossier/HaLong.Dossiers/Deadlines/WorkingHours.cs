namespace HaLong.Dossiers.Deadlines;

/// <summary>Part of a working day.</summary>
internal readonly record struct WorkWindow(TimeOnly From, TimeOnly To);

/// <summary>The work windows of a working day, in order. Times of the day are ticks since midnight.</summary>
internal sealed class WorkingHours
{
    private readonly long[] starts, ends;

    /// <exception cref="ArgumentException">No window, one without length, or two that overlap.</exception>
    public WorkingHours(params ReadOnlySpan<WorkWindow> windows)
    {
        (starts, ends) = (new long[windows.Length], new long[windows.Length]);
        for (var i = 0; i < windows.Length; i++)
        {
            (starts[i], ends[i]) = (windows[i].From.Ticks, windows[i].To.Ticks);
            if (starts[i] >= ends[i] || (i > 0 && starts[i] < ends[i - 1]))
                throw new ArgumentException("Work windows have a length, an order and no overlap.", nameof(windows));
            PerDay += ends[i] - starts[i];
        }
        if (PerDay == 0)
            throw new ArgumentException("A working day has work windows.", nameof(windows));
    }

    /// <summary>Ticks of work in a day.</summary>
    public long PerDay { get; }

    public long Opening => starts[0];

    public long Closing => ends[^1];

    public IEnumerable<WorkWindow> Windows => starts.Zip(ends, (from, to) => new WorkWindow(new TimeOnly(from), new TimeOnly(to)));

    /// <summary>The time itself inside a window, else the start of the next one; -1 after closing. A window's end is outside.</summary>
    public long Enter(long time)
    {
        for (var i = 0; i < ends.Length; i++)
        {
            if (time < ends[i])
                return Math.Max(time, starts[i]);
        }
        return -1;
    }

    /// <summary>Work of a day before the time.</summary>
    public long Elapsed(long time)
    {
        var work = 0L;
        for (var i = 0; i < starts.Length; i++)
            work += Math.Clamp(time - starts[i], 0, ends[i] - starts[i]);
        return work;
    }

    /// <summary>When so much work of a day is done; what ends with a window ends at its end.</summary>
    public long At(long work)
    {
        for (var i = 0; i < starts.Length; i++)
        {
            var length = ends[i] - starts[i];
            if (work <= length)
                return starts[i] + work;
            work -= length;
        }
        return Closing;
    }
}
