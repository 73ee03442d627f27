using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Portal.Api;
using HaLong.Portal.Session;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.WebUtilities;

namespace HaLong.Portal.Design.Desk;

/// <summary>Where a visitor who has no right any more signs in, other than by the usual way.</summary>
internal sealed record SignInAt(string Path);

/// <summary>Makes pages of an office from what the API says, and takes their steps.</summary>
internal sealed class OfficeDesk(ApiClient api, IHttpContextAccessor accessor)
{
    // A key goes with a body up to 1 MB; what is larger, the API itself does not do twice.
    private const int MostWithKey = 1024 * 1024;

    private HttpContext Context => accessor.HttpContext!;

    private CancellationToken Ct => Context.RequestAborted;

    /// <summary>Id of the visitor's account.</summary>
    public Guid? Me => Guid.TryParse(Context.User.FindFirst("sub")?.Value, out var id) ? id : null;

    public Task<Answer<T>> GetAsync<T>(string path) => api.GetAsync<T>(path, Ct);

    /// <summary>A question that is sent with a body and changes nothing.</summary>
    public Task<Answer<T>> AskAsync<T>(string path, object body) => api.PostAsync<T>(path, body, FormKey.New(), null, Ct);

    /// <summary>What the page is about, then the page; or why it cannot be shown.</summary>
    public async Task<IResult> ShowAsync<T>(string path, Typed typed, Func<Answer<T>, Task<Screen>> make)
    {
        var answer = await GetAsync<T>(path);
        return Stop(answer) ?? Of(await make(answer), typed);
    }

    /// <inheritdoc cref="ShowAsync{T}(string, Typed, Func{Answer{T}, Task{Screen}})"/>
    public Task<IResult> ShowAsync<T>(string path, Typed typed, Func<Answer<T>, Screen> make) => ShowAsync<T>(path, typed, a => Task.FromResult(make(a)));

    public static IResult Of(Screen screen, Typed typed) => Pages.Of<DeskScreen>(screen, typed.Status);

    /// <summary>Does one of the steps; then the page that follows, or the page again with what was typed and why not.</summary>
    /// <param name="name">Of the step.</param>
    /// <param name="steps">What can be done.</param>
    /// <param name="form">What was typed.</param>
    /// <param name="back">Address of the page.</param>
    /// <param name="again">The page.</param>
    public async Task<IResult> TakeAsync(string name, IEnumerable<Step?> steps, IFormCollection form, string back, Func<Typed, Task<IResult>> again)
    {
        if (steps.FirstOrDefault(s => s?.Name == name) is not { } step)
            return Pages.Of<NotFound>(StatusCodes.Status404NotFound);
        if (form.ContainsKey(FormBody.More))
            return await again(Typed.More(name, form));
        Answer<JsonNode?> done;
        try
        {
            var body = FormBody.Of(step, form);
            done = await api.SendAsync<JsonNode?>(step.Method, Address(step, form), body, body?.ToJsonString().Length > MostWithKey ? null : Key(step, form, body),
                form["version"].ToString() is { Length: > 0 } v ? v : null, Ct);
        }
        catch (JsonException e)
        {
            var title = Text.Bilingual($"Không phải JSON hợp lệ (dòng {e.LineNumber + 1}).", $"This is not valid JSON (line {e.LineNumber + 1}).");
            done = new Answer<JsonNode?>(HttpStatusCode.BadRequest, null, new Trouble(title, null, null, null), null);
        }

        if (done.Status == HttpStatusCode.Unauthorized)
            return SignIn(back);
        if (!done.IsSuccess)
            return await again(Typed.Again(name, form, done));
        if (step.Show is null)
            return Pages.Go(step.Then?.Invoke(done.Value) ?? back);
        // Shown once: kept nowhere, not even by the browser.
        Context.Response.OnStarting(() =>
        {
            Context.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return Of(step.Show(done.Value), Typed.Nothing);
    }

    /// <summary>Why a page cannot be shown; null when it can.</summary>
    public IResult? Stop<T>(Answer<T> answer) => answer switch
    {
        { Status: HttpStatusCode.Unauthorized } => SignIn(Context.Request.Path + Context.Request.QueryString),
        { Status: HttpStatusCode.NotFound } => Pages.Of<NotFound>(StatusCodes.Status404NotFound),
        { IsSuccess: false } => Pages.Of<Refused>(answer.Trouble, (int)answer.Status),
        _ => null,
    };

    private IResult SignIn(string to) => Context.GetEndpoint()?.Metadata.GetMetadata<SignInAt>() is { } elsewhere
        ? Pages.Go(QueryHelpers.AddQueryString(elsewhere.Path, "to", to)) : SignInNeeded.From(Context, to);

    // All forms of a page come with one key, and who goes back from an answer may change what he asks: counted first, then done.
    private static string Key(Step step, IFormCollection form, JsonObject? body) =>
        FormKey.Of(form["once"].ToString(), step.Show is null ? step.Name : $"{step.Name} {body?.ToJsonString()}");

    private static string Address(Step step, IFormCollection form) => step.InAddress.Where(n => form[n].ToString().Trim().Length > 0)
        .Aggregate(step.Path, (path, name) => QueryHelpers.AddQueryString(path, name, form[name].ToString().Trim()));
}
