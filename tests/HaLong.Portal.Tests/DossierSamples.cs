namespace HaLong.Portal.Tests;

/// <summary>A dossier as the API shows it to its owner.</summary>
internal static class DossierSamples
{
    public static readonly Guid Id = Guid.Parse("0198e000-0000-7000-8000-0000000000c1");

    public static object Of(string status, object? waitingFor = null, object? lifecycle = null, object[]? documents = null, object? payment = null) => new
    {
        id = Id,
        code = "000.00.01.H49-261201-0007",
        status,
        statusName = "Trạng thái " + status,
        procedureCode = "1.001193",
        procedureName = "Đăng ký khai sinh",
        unitName = "Phường Hạ Long",
        subject = "Bé Na",
        submittedAt = "2026-11-20T02:00:00Z",
        dueAt = "2026-12-08T10:00:00Z",
        waitingFor,
        lifecycle = lifecycle ?? Lifecycle(),
        documents = documents ?? [],
        payment,
        expectedWait = new { basis = "unit", words = new { text = "Một nửa có kết quả trong 3 ngày." } },
    };

    public static object Lifecycle(object? supplement = null, string[]? possible = null, object[]? demands = null, int originalsHeld = 0, object? handOver = null) => new
    {
        outcome = (string?)null,
        supplement,
        possible = possible ?? [],
        demands = demands ?? [],
        originalsHeld,
        handOver,
    };

    public static object Wait(string who, string text, bool assumed = false) =>
        new { who, reason = "X", text, nextEvent = "x", since = "2026-11-21T03:00:00Z", latest = "2026-12-05T10:00:00Z", assumed };

    public static object Line(int number, string status, string? waitingFor = null, string name = "Đăng ký khai sinh") => new
    {
        id = Guid.Parse($"0198e000-0000-7000-8000-0000000001{number:00}"),
        code = $"H49-{number}",
        status,
        statusName = "Trạng thái " + status,
        waitingFor,
        procedureName = name,
        subject = "",
        dueAt = (string?)null,
        createdAt = "2026-11-20T02:00:00Z",
    };

    public static object List(params object[] items) => new { items, after = (string?)null };
}
