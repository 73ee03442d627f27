using Microsoft.Playwright;

namespace HaLong.Portal.Tests.Browser;

/// <summary>A page in a state, as somebody gets to it.</summary>
/// <param name="Name">Of the state, for people.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Says">What the API says there other than on a good day.</param>
/// <param name="Then">What is done on the page to get to the state: found by names of inputs, not by words, since it is done in both languages.</param>
internal sealed record Place(string Name, string Address, Action<City>? Says = null, Func<IPage, Task>? Then = null)
{
    /// <summary>How the page answers on a good day; when the API says something else, nothing is asked for.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Who is signed in; null for nobody.</summary>
    public string[]? Roles { get; init; }

    public override string ToString() => Name;

    /// <summary>Whom the page is for.</summary>
    public Place For(params string[] roles) => this with { Roles = roles };
}
