namespace HaLong.Portal.Design.Desk;

/// <summary>A page of an office: what it says and what can be done there, from above to below.</summary>
/// <param name="Title">Of the page.</param>
/// <param name="Ways">To its neighbours.</param>
/// <param name="Typed">What was typed, when a form came back.</param>
/// <param name="Parts">What it says.</param>
public sealed record Screen(string Title, IReadOnlyList<Cell> Ways, Typed Typed, params IReadOnlyList<Part?> Parts)
{
    /// <summary>Where it comes from.</summary>
    public Cell? Back { get; init; }
}

/// <summary>A part of a page; null where there is nothing to say.</summary>
public abstract record Part;

/// <summary>A word on a page, with where it leads and how it is coloured.</summary>
/// <param name="Text">The word.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Color">Of a tag; null for plain text.</param>
public sealed record Cell(string Text, string? Href = null, string? Color = null)
{
    public static implicit operator Cell(string? text) => FromString(text);

    public static Cell FromString(string? text) => new(text ?? "");
}

/// <summary>Something to know before anything else.</summary>
/// <param name="Text">In a sentence.</param>
/// <param name="Color">info, warning, danger or success.</param>
public sealed record Notice(string Text, string Color = "info") : Part;

/// <summary>Names with their values; what has no value is left out.</summary>
public sealed record Facts(params IReadOnlyList<FactLine> Lines) : Part;

/// <summary>A name with its value.</summary>
public sealed record FactLine(string Name, Cell? Value);

/// <summary>Sentences in a list.</summary>
public sealed record Bullets(string Heading, IReadOnlyList<string> Lines) : Part;

/// <summary>A text as it is.</summary>
public sealed record Verbatim(string Heading, string Text) : Part;

/// <summary>Links to what belongs to the page.</summary>
public sealed record Links(params IReadOnlyList<Cell> Items) : Part;

/// <summary>What narrows the list below: sent with the address.</summary>
public sealed record Filter(string Action, params IReadOnlyList<Ask> Asks) : Part;

/// <summary>A table; the first cell of a row names it.</summary>
/// <param name="Caption">What it lists.</param>
/// <param name="Heads">Of the columns.</param>
/// <param name="Rows">Cells.</param>
/// <param name="Empty">What is said instead of nothing.</param>
/// <param name="Next">The next page; null on the last one.</param>
public sealed record Table(string Caption, IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<Cell>> Rows, string? Empty = null, string? Next = null) : Part;

/// <summary>What can be done: a form each.</summary>
/// <param name="Action">Address of the page; the step's name is added.</param>
/// <param name="Version">Of what was shown.</param>
/// <param name="Items">The steps.</param>
public sealed record Steps(string Action, string? Version, params IReadOnlyList<Step?> Items) : Part;
