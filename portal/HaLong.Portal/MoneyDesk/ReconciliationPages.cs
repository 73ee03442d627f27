using System.Net.Http.Headers;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.MoneyDesk;

/// <summary>A reconciled day.</summary>
public sealed record Reconciliation(
    Guid Id, DateOnly Day, int Version, int Matched, int MissingAtUs, int MissingAtProvider, int MissingAtBank, int AmountDiff, int Duplicate, long Ours, long Provider,
    long Bank, IReadOnlyList<string> WithoutStatement, string AnswerHash, DateTimeOffset RunAt)
{
    /// <summary>Everything that is not the same on all sides.</summary>
    public int Different => MissingAtUs + MissingAtProvider + MissingAtBank + AmountDiff + Duplicate;
}

/// <summary>A movement of a reconciled day; null where a side says nothing.</summary>
public sealed record ReconciliationLine(
    int Number, string Result, string Kind, string Scope, string? UnitCode, Guid? PaymentId, string? Reference, string? BankReference, long? Ours, long? Provider, long? Bank,
    Guid? CaseId, string? Reason, string? Evidence);

/// <summary>A statement or report that was taken over.</summary>
public sealed record StatementFile(Guid Id, string Kind, string Source, string Scope, DateOnly From, DateOnly To, int Entries, int Added, DateTimeOffset ImportedAt);

/// <summary>Reconciled days and the files behind them.</summary>
public sealed record ReconciliationsModel(Answer<Listed<Reconciliation>> Days, Answer<Listed<StatementFile>> Files, bool IsCashier, Tried Tried);

/// <summary>A day with its lines.</summary>
public sealed record DayModel(Reconciliation Day, string? Result, Answer<Listed<ReconciliationLine>> Lines, bool IsCashier, Tried Tried);

/// <summary><c>/money/reconciliation</c>: our books, the providers and the bank side by side; every difference until it is explained.</summary>
internal static class ReconciliationPages
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/reconciliation", (string? after, ApiClient api, HttpContext context, CancellationToken ct) => ListAsync(after, Tried.Nothing, api, context, ct));
        group.MapPost("/reconciliation", RunAsync);
        // The gateway lets large forms through to /{area}/{id}/papers alone.
        group.MapPost("/reconciliation/papers", UploadAsync);
        group.MapGet("/reconciliation/{id:guid}", (Guid id, string? result, string? after, ApiClient api, HttpContext context, CancellationToken ct) =>
            ShowAsync(id, result, after, Tried.Nothing, api, context, ct));
        group.MapGet("/reconciliation/{id:guid}/lines.csv", (Guid id, string? result, ApiClient api, HttpContext context, CancellationToken ct) =>
            Files.AttachedAsync(Query.Of($"reconciliations/{id}/lines.csv", ("result", result)), $"doi-soat-{id}.csv", api, context, ct));
        group.MapPost("/reconciliation/{id:guid}/lines/{number:int}", ExplainAsync);
    }

    private static async Task<IResult> ListAsync(string? after, Tried tried, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (days, files) = (api.GetAsync<Listed<Reconciliation>>(Query.Of("reconciliations", ("after", after)), ct), api.GetAsync<Listed<StatementFile>>("statements?limit=10", ct));
        var answer = await days;
        return Otherwise.Of(answer, context, "/money/reconciliation") ?? Pages.Of<Reconciliations>(
            new ReconciliationsModel(answer, await files, context.User.IsInRole(Roles.Cashier), tried), tried.Trouble is null ? (int)answer.Status : tried.Status);
    }

    private static async Task<IResult> RunAsync(IFormCollection form, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var run = await api.PostAsync<Reconciliation>("reconciliations", new { day = form.Text("day") }, form.Once(), null, ct);
        if (run.Value is { } day)
            return Pages.Go($"/money/reconciliation/{day.Id}");
        return Otherwise.SignIn(run, context, "/money/reconciliation") ?? await ListAsync(null, Tried.Of(run, form), api, context, ct);
    }

    // The same file again has the same answer, so that a second click does nothing twice.
    private static async Task<IResult> UploadAsync(IFormCollection form, ApiClient api, HttpContext context, CancellationToken ct)
    {
        if (form.Files.GetFile("file") is not { Length: > 0 } file)
            return await ListAsync(null, Tried.Of(form, "file", Text.Bilingual("Hãy chọn tệp.", "Choose a file.")), api, context, ct);
        await using var stream = file.OpenReadStream();
        using var content = new StreamContent(stream);
        content.Headers.ContentType = new MediaTypeHeaderValue(file.FileName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) ? "application/xml" : "text/csv");
        var path = form["kind"] == "report" ? "provider-reports" : "statements";
        var taken = await api.SendAsync<StatementFile>(HttpMethod.Post, Query.Of(path, ("provider", form.Text("provider"))), content, form.Once(), null, ct);
        if (taken.IsSuccess)
            return Pages.Go("/money/reconciliation");
        return Otherwise.SignIn(taken, context, "/money/reconciliation") ?? await ListAsync(null, Tried.Of(taken, form), api, context, ct);
    }

    private static async Task<IResult> ShowAsync(Guid id, string? result, string? after, Tried tried, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (day, lines) = (api.GetAsync<Reconciliation>($"reconciliations/{id}", ct),
            api.GetAsync<Listed<ReconciliationLine>>(Query.Of($"reconciliations/{id}/lines", ("result", result), ("after", after)), ct));
        var answer = await day;
        if (Otherwise.Of(answer, context, $"/money/reconciliation/{id}") is { } otherwise)
            return otherwise;
        return answer.Value is { } found
            ? Pages.Of<ShowReconciliation>(new DayModel(found, result, await lines, context.User.IsInRole(Roles.Cashier), tried), tried.Status)
            : Pages.Of<NotNow>(answer.Trouble, (int)answer.Status);
    }

    private static async Task<IResult> ExplainAsync(
        Guid id, int number, string? result, string? after, IFormCollection form, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var page = Query.Of($"/money/reconciliation/{id}", ("result", result), ("after", after));
        var explained = await api.PostAsync<object>(
            $"reconciliations/{id}/lines/{number}/explanation", new { reason = form.Text("reason"), evidence = form.Text("evidence") }, form.Once(), null, ct);
        if (explained.IsSuccess)
            return Pages.Go($"{page}#line-{number}");
        return Otherwise.SignIn(explained, context, page) ?? await ShowAsync(id, result, after, Tried.Of(explained, form), api, context, ct);
    }
}
