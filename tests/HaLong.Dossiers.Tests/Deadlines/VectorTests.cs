using System.Text.Json;
using HaLong.Dossiers.Deadlines;

namespace HaLong.Dossiers.Tests.Deadlines;

/// <summary>Every row of deadline-vectors.json, with every figure it gives.</summary>
public sealed class VectorTests
{
    private static readonly WorkCalendar Calendar = DeadlineData.Calendar();
    private static readonly RuleBook Rules = DeadlineData.Rules(null);

    private static readonly Dictionary<string, JsonElement> All = Read();

    public static TheoryData<string> Ids => [.. All.Keys];

    [Fact]
    public void There_are_83_of_them() => Assert.Equal(83, All.Count);

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_deadline_is_as_the_vector_says(string id)
    {
        var vector = All[id];
        var (limit, rules, received) = (LimitOf(vector), RulesOf(vector), At(vector, "receivedAt"));
        var entries = new List<ClockEntry> { Entry(1, ClockEffect.Start, received) };
        if (vector.TryGetProperty("supplement", out var supplement))
        {
            var before = DeadlineEngine.Evaluate(limit, received, Calendar, rules);
            Assert.Equal(Day(vector, "dueDateBeforeSupplement"), Date(before.DueAt));
            var latest = ExtensionRule.SupplementUntil(entries, Calendar, rules);
            Assert.Equal(Day(vector, "supplementRequestLatest"), latest);
            Assert.Equal(vector.GetProperty("supplementRequestInTime").GetBoolean(), Date(At(supplement, "requestedAt")) <= latest);
            entries.Add(Entry(2, ClockEffect.Pause, At(supplement, "requestedAt")));
            entries.Add(Entry(3, ClockEffect.Restart, At(supplement, "fulfilledAt")));
        }
        if (vector.TryGetProperty("pause", out var pause))
        {
            Assert.Equal(Day(vector, "dueDateBeforePause"), Date(DeadlineEngine.Evaluate(limit, received, Calendar, rules).DueAt));
            entries.Add(Entry(2, ClockEffect.Pause, At(pause, "from")));
            entries.Add(Entry(3, ClockEffect.Resume, At(pause, "to")));
        }
        if (vector.TryGetProperty("extensions", out var extensions))
            Extend(limit, rules, entries, extensions);

        var deadline = DeadlineEngine.Evaluate(limit, entries, Calendar, rules, received.AddYears(1));

        Assert.Equal(At(vector, "dueAt"), deadline.DueAt);
        Assert.Equal(Day(vector, "dueDate"), Date(deadline.DueAt));
        Assert.Equal(At(vector, "effectiveStart"), deadline.EffectiveStart);
        if (vector.TryGetProperty("originalDueDate", out _))
            Assert.Equal(Day(vector, "originalDueDate"), Date(deadline.OriginalDueAt));
        Assert.Equal(vector.TryGetProperty("usesUnconfirmedRows", out _), deadline.Assumed);
    }

    private static void Extend(TimeLimit limit, DeadlineRules rules, List<ClockEntry> entries, JsonElement extensions)
    {
        foreach (var extension in extensions.EnumerateArray())
        {
            var requested = At(extension, "requestedAt");
            var checkedRule = ExtensionRule.Check(limit, entries, Calendar, rules, requested, Day(extension, "newDueDate"));
            var refusal = extension.TryGetProperty("reason", out var reason) ? reason.GetString() : null;
            Assert.Equal(refusal switch { null => null, "TOO_LATE" => "DOS-0107", _ => "DOS-0106" }, checkedRule.IsSuccess ? null : checkedRule.Error.Code);
            if (checkedRule.IsSuccess)
                entries.Add(Entry(entries.Count + 1, ClockEffect.Extend, requested, checkedRule.Value));
        }
    }

    internal static ClockEntry Entry(int number, ClockEffect effect, DateTimeOffset at, DateTimeOffset? extendTo = null) =>
        new() { Number = number, Effect = effect, At = at, Cause = "test", ReasonVi = "vì", ReasonEn = "because", ExtendTo = extendTo };

    private static TimeLimit LimitOf(JsonElement vector) => TimeLimit.Of(vector.GetProperty("limit").GetDecimal(), vector.GetProperty("unit").GetString());

    private static DeadlineRules RulesOf(JsonElement vector)
    {
        var rules = Rules.At(Date(At(vector, "receivedAt"))!.Value);
        if (!vector.TryGetProperty("workWindows", out var windows))
            return rules;
        return rules with { Hours = new WorkingHours([.. windows.EnumerateArray().Select(w => new WorkWindow(TimeOnly.Parse(w.GetProperty("from").GetString()!, null), TimeOnly.Parse(w.GetProperty("to").GetString()!, null)))]) };
    }

    private static DateTimeOffset At(JsonElement element, string name) => element.GetProperty(name).GetDateTimeOffset();

    private static DateOnly Day(JsonElement element, string name) => DateOnly.Parse(element.GetProperty(name).GetString()!, null);

    private static DateOnly? Date(DateTimeOffset? at) => at is { } moment ? DateOnly.FromDateTime(moment.ToOffset(TimeSpan.FromHours(7)).DateTime) : null;

    private static Dictionary<string, JsonElement> Read()
    {
        using var stream = typeof(VectorTests).Assembly.GetManifestResourceStream("Data.deadline-vectors.json")!;
        return JsonDocument.Parse(stream).RootElement.GetProperty("items").EnumerateArray().ToDictionary(v => v.GetProperty("id").GetString()!);
    }
}
