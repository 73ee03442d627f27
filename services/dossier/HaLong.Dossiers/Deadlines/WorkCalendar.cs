using System.Collections.Frozen;

namespace HaLong.Dossiers.Deadlines;

/// <summary>
/// Which days are worked, ready for counting: how many working days lie before each day, and which day is the n-th. Every question is one or
/// two looks into a table, whatever the distance. Never changes; a changed calendar is another one.
/// </summary>
internal sealed class WorkCalendar
{
    /// <summary>First day of the tables: today's time zone (UTC+7) holds in all of Vietnam since 13 June 1975; earlier years are for tests.</summary>
    public static readonly DateOnly First = new(1960, 1, 1);

    /// <summary>Last day of the tables.</summary>
    public static readonly DateOnly Last = new(2149, 12, 31);

    private static readonly int Origin = First.DayNumber, Length = Last.DayNumber - First.DayNumber + 1;

    private readonly int[] before = new int[Length + 1], unsureBefore = new int[Length + 1];
    private readonly int[] workingDays;
    private readonly FrozenDictionary<DateOnly, SpecialDay> special;
    private readonly FrozenDictionary<int, bool> years;

    /// <param name="version">Number of the state of the calendar.</param>
    /// <param name="days">Its rows, at most one a day.</param>
    /// <param name="years">The years it knows: true when confirmed.</param>
    public WorkCalendar(long version, IEnumerable<SpecialDay> days, IReadOnlyDictionary<int, bool> years)
    {
        Version = version;
        special = days.ToFrozenDictionary(d => d.Date);
        this.years = years.ToFrozenDictionary();
        var worked = new List<int>(Length);
        for (var i = 0; i < Length; i++)
        {
            var date = First.AddDays(i);
            var works = KindOf(date) is DayKind.Ordinary or DayKind.SwapWork;
            if (works)
                worked.Add(Origin + i);
            before[i + 1] = before[i] + (works ? 1 : 0);
            unsureBefore[i + 1] = unsureBefore[i] + (IsUnsure(date) ? 1 : 0);
        }
        workingDays = [.. worked];
    }

    public long Version { get; }

    /// <summary>What the day is.</summary>
    public DayKind KindOf(DateOnly date) => special.TryGetValue(date, out var day)
        ? day.Kind
        : date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? DayKind.Weekend : DayKind.Ordinary;

    /// <summary>The row of the day, if it has one.</summary>
    public SpecialDay? RowOf(DateOnly date) => special.GetValueOrDefault(date);

    /// <summary>True when the year is loaded and confirmed.</summary>
    public bool IsConfirmed(int year) => years.GetValueOrDefault(year);

    /// <summary>True when the year is loaded.</summary>
    public bool Knows(int year) => years.ContainsKey(year);

    /// <summary>True when what is said about the day is not confirmed: its year is a draft or not there, or its row is not.</summary>
    public bool IsUnsure(DateOnly date) => !IsConfirmed(date.Year) || (special.TryGetValue(date, out var row) && !row.Confirmed);

    public bool IsWorking(DateOnly date) => IsWorking(date.DayNumber);

    /// <summary>The first working day on or after the day.</summary>
    public DateOnly RollForward(DateOnly date) => DateOnly.FromDayNumber(Next(date.DayNumber));

    /// <summary>The n-th working day after the day, which is itself not counted.</summary>
    public DateOnly AddWorkingDays(DateOnly date, int count) => DateOnly.FromDayNumber(Add(date.DayNumber, count));

    // Days as numbers, for counting.
    internal bool IsWorking(int day) => before[day - Origin + 1] != before[day - Origin];

    internal int Next(int day) => workingDays[before[day - Origin]];

    internal int Add(int day, int count) => count <= 0 ? day : workingDays[before[day - Origin + 1] + count - 1];

    /// <summary>Working days after one day up to and including another; below zero when that lies before.</summary>
    internal int Between(int after, int upTo) => before[upTo - Origin + 1] - before[after - Origin + 1];

    /// <summary>Working days before a day, counted from the beginning of the tables.</summary>
    internal int Before(int day) => before[day - Origin];

    /// <summary>True when anything about the days from one to another, both included, is not confirmed.</summary>
    internal bool IsUnsure(int from, int to) => unsureBefore[to - Origin + 1] != unsureBefore[from - Origin];
}
