using HaLong.Messaging;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Sending;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.Sending;

/// <summary>How the providers do, and an administrator's word about them.</summary>
internal static class ManageProviders
{
    private const int MaxReason = 500;

    internal sealed record Request(string? Mode, string? Reason);

    public static void MapListProviders(this IEndpointRouteBuilder providers)
    {
        providers.MapGet("", ListAsync)
            .WithName("listMessageProviders")
            .WithSummary("Who carries messages, how well, and with which part of each channel")
            .WithDescription("Weights are measured by the attempts of all replicas and move every few seconds.")
            .Produces<IReadOnlyList<ProviderView>>();
        providers.MapGet("/{name}", OneAsync)
            .WithName("getMessageProvider")
            .WithSummary("One provider, with the revision that a change may name")
            .Produces<ProviderView>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public static void MapChangeProvider(this IEndpointRouteBuilder providers) => providers.MapPatch("/{name}", ChangeAsync)
        .WithName("changeMessageProvider")
        .WithSummary("Enable, disable or prefer a provider")
        .WithDescription(
            "`mode` is `enabled`, `disabled` or `preferred`, `reason` is kept as evidence. "
            + "A disabled provider gets nothing new and is still asked about what it has. "
            + "The last one of a channel cannot be disabled. In other replicas it holds within seconds. Send If-Match to be safe against another change.")
        .Produces<ProviderView>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed);

    private static async Task<IResult> ListAsync(ProviderRouter router, NotificationDbContext db, CancellationToken ct)
    {
        var states = await db.Providers.AsNoTracking().ToDictionaryAsync(p => p.Name, ct);
        return TypedResults.Ok<IReadOnlyList<ProviderView>>([.. router.All
            .Select(s => ProviderView.Of(s, states.GetValueOrDefault(s.Provider.Name)))
            .OrderBy(p => p.Channel, StringComparer.Ordinal).ThenBy(p => p.Name, StringComparer.Ordinal)]);
    }

    private static async Task<IResult> OneAsync(string name, HttpContext http, ProviderRouter router, NotificationDbContext db, CancellationToken ct)
    {
        if (router.StandingOf(name) is not { } standing)
            return SendingErrors.ProviderNotFound.ToProblem();
        var state = await db.Providers.AsNoTracking().SingleOrDefaultAsync(p => p.Name == name, ct);
        Etag.Set(http.Response, state?.Revision ?? 0);
        return TypedResults.Ok(ProviderView.Of(standing, state));
    }

    private static async Task<IResult> ChangeAsync(
        string name, Request request, HttpContext http, ProviderRouter router, NotificationDbContext db, TimeProvider clock, CancellationToken ct)
    {
        if (router.StandingOf(name) is not { } standing)
            return SendingErrors.ProviderNotFound.ToProblem();
        if (Read(request, out var mode) is { } error)
            return error.ToProblem();

        // One after the other: two who each disable one of two providers must not both succeed.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var channel = Words.Of(standing.Provider.Channel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('halong.message-provider'), hashtext({channel}))", ct);
        var states = await db.Providers.Where(p => p.Channel == standing.Provider.Channel).ToDictionaryAsync(p => p.Name, ct);
        if (!states.TryGetValue(name, out var state))
        {
            state = new ProviderState { Name = name, Channel = standing.Provider.Channel, MeasuredAt = clock.GetUtcNow() };
            db.Add(state);
        }

        if (Etag.Check(http.Request, state.Revision) is { } stale)
            return stale.ToProblem();
        var others = router.All.Any(s => s != standing && s.Provider.Channel == standing.Provider.Channel && s.Provider.IsOn
            && states.GetValueOrDefault(s.Provider.Name)?.Mode != ProviderMode.Disabled);
        if (mode == ProviderMode.Disabled && standing.Provider.IsOn && !others)
            return SendingErrors.LastProvider.ToProblem();
        state.Become(mode, request.Reason!, clock.GetUtcNow());
        db.Record("message-provider.mode-changed", name, new { name, mode = Words.Of(mode), request.Reason });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);

        await router.LearnAsync(db, ct);
        Etag.Set(http.Response, state.Revision);
        return TypedResults.Ok(ProviderView.Of(standing, state));
    }

    private static Error? Read(Request request, out ProviderMode mode)
    {
        var error = SendingErrors.ProviderChangeNotUsable;
        if (!Enum.TryParse(request.Mode, ignoreCase: true, out mode) || Words.Of(mode) != request.Mode)
            error = error.WithField("mode", "Chế độ là enabled, disabled hoặc preferred.", "The mode is enabled, disabled or preferred.");
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > MaxReason)
            error = error.WithField("reason", "Cần nêu lý do, tối đa 500 ký tự.", "A reason is needed, at most 500 characters.");
        return error.FieldMessages.Count > 0 ? error : null;
    }
}
