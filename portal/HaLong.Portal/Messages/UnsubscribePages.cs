using HaLong.Portal.Api;
using HaLong.Portal.Design;

namespace HaLong.Portal.Messages;

/// <summary>What the link of a letter does.</summary>
/// <param name="State">wanted before, ended after it was done.</param>
/// <param name="Text">What it is about.</param>
public sealed record OptOut(string State, string Text);

/// <summary>The link with what it does.</summary>
public sealed record OptOutModel(string Token, OptOut? OptOut, Trouble? Trouble);

/// <summary><c>/unsubscribe/{token}</c>: ends optional letters without a sign-in, and only when the button is pressed: mail programs open links by themselves.</summary>
internal static class UnsubscribePages
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/unsubscribe/{token}", (string token, ApiClient api, HttpContext context, CancellationToken ct) =>
            ShowAsync(token, api.GetAsync<OptOut>(PathOf(token), ct), context)).AllowAnonymous();
        app.MapPost("/unsubscribe/{token}", (string token, IFormCollection _, ApiClient api, HttpContext context, CancellationToken ct) =>
            ShowAsync(token, api.SendAsync<OptOut>(HttpMethod.Post, PathOf(token), (HttpContent?)null, null, null, ct), context)).AllowAnonymous();
    }

    private static string PathOf(string token) => "notices/unsubscribe/" + Uri.EscapeDataString(token);

    private static async Task<IResult> ShowAsync(string token, Task<Answer<OptOut>> asked, HttpContext context)
    {
        // The link is as good as a key: it goes to nobody, and nobody finds it.
        (context.Response.Headers["Referrer-Policy"], context.Response.Headers["X-Robots-Tag"]) = ("no-referrer", "noindex");
        var answer = await asked;
        return Pages.Of<Unsubscribe>(new OptOutModel(token, answer.Value, answer.Trouble), (int)answer.Status);
    }
}
