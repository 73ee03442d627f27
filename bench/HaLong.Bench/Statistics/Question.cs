namespace HaLong.Bench.Statistics;

/// <summary>A question that a dashboard asks over HTTP.</summary>
/// <param name="Name">Under which it is measured.</param>
/// <param name="Who">Account that asks; null: anybody.</param>
/// <param name="Path">With its query.</param>
internal sealed record Question(string Name, string? Who, string Path)
{
    /// <summary>Of a POST; null: it is a GET.</summary>
    public object? Body { get; init; }

    /// <summary>It has pages: one far down is asked too.</summary>
    public bool Paged { get; init; }
}
