using System.Text.Json.Nodes;

namespace HaLong.Portal.Design.Desk;

/// <summary>Something that can be done: a form and the operation of the API that it asks for.</summary>
/// <param name="Name">Last part of the address of the form.</param>
/// <param name="Words">What the button says.</param>
/// <param name="Method">Of the operation.</param>
/// <param name="Path">Of the operation, below /api/v1/.</param>
/// <param name="Asks">What is typed for it.</param>
public sealed record Step(string Name, string Words, HttpMethod Method, string Path, params IReadOnlyList<Ask> Asks)
{
    /// <summary>What it means, or why it needs somebody else.</summary>
    public string? Hint { get; init; }

    /// <summary>Above the form, where it is the page.</summary>
    public string? Heading { get; init; }

    /// <summary>It takes something away.</summary>
    public bool IsGrave { get; init; }

    /// <summary>The form is the page, and not behind its button.</summary>
    public bool IsOpen { get; init; }

    /// <summary>What the API is sent where nothing was asked: fields that are not shown stay as they are.</summary>
    public JsonObject? Known { get; init; }

    /// <summary>What goes into the address instead of the body.</summary>
    public IReadOnlyList<string> InAddress { get; init; } = [];

    /// <summary>Where it leads, by what the API answers; the page itself when nothing is said.</summary>
    public Func<JsonNode?, string>? Then { get; init; }

    /// <summary>The answer has something to show once, such as a secret: a page of its own.</summary>
    public Func<JsonNode?, Screen>? Show { get; init; }
}

/// <summary>A question of a form.</summary>
/// <param name="Name">Of the field in the body: dots lead into objects.</param>
/// <param name="Label">In words.</param>
/// <param name="Kind">What kind of answer.</param>
/// <param name="Value">As it is known.</param>
public sealed record Ask(string Name, string Label, AskKind Kind = AskKind.Text, string? Value = null)
{
    public bool IsOptional { get; init; }

    /// <summary>What is left empty is sent as an empty text and not as null, which leaves it as it is.</summary>
    public bool IsClearable { get; init; }

    public string? Hint { get; init; }

    /// <summary>To choose from.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>The choices with those that are chosen already, whether they are among them or not: nothing is lost by saving.</summary>
    /// <param name="values">What is chosen.</param>
    public IReadOnlyList<Choice> ChoicesWith(params IEnumerable<string> values) =>
        [.. Choices, .. values.Where(v => v.Length > 0 && Choices.All(c => c.Value != v)).Select(v => new Choice(v, v))];

    /// <summary>Of rows: a question for each column.</summary>
    public IReadOnlyList<Ask> Columns { get; init; } = [];

    /// <summary>Of rows: as they are known.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Rows { get; init; } = [];

    /// <summary>Most characters.</summary>
    public int Longest { get; init; } = 2000;
}

/// <summary>One of several answers.</summary>
public sealed record Choice(string Value, string Name);

/// <summary>How an answer is typed, and what becomes of it in JSON.</summary>
public enum AskKind
{
    /// <summary>A line.</summary>
    Text,

    /// <summary>Several lines, one text.</summary>
    Area,

    /// <summary>A list, one entry a line.</summary>
    Lines,

    /// <summary>An object, one <c>name: value</c> a line.</summary>
    Pairs,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A local moment.</summary>
    Moment,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>One of the choices.</summary>
    Choice,

    /// <summary>Any of the choices.</summary>
    Choices,

    /// <summary>Objects in rows.</summary>
    Rows,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>Not shown.</summary>
    Hidden,

    /// <summary>Not shown while it is typed.</summary>
    Secret,
}
