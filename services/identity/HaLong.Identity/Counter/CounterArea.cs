using HaLong.Identity.DataRequests;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Counter;

/// <summary>The counter of a one-stop unit, where accounts are found and verified: paths and services.</summary>
internal static class CounterArea
{
    /// <summary>Reception officers and chiefs, for the unit of their token.</summary>
    public const string Counter = nameof(Counter);

    private static readonly ExportSection Export = new("verifications", "Các lần xác minh tại quầy", "Verifications at the counter", ExportAsync);

    public static void AddCounter(this IHostApplicationBuilder builder)
    {
        builder.AddOptions<CounterOptions>(CounterOptions.Section);
        builder.Services.AddScoped<CounterDesk>().AddScoped<OwnerNotices>().AddScoped<Corrections>().AddScoped<SearchAccounts>().AddScoped<VerifyAccount>()
            .AddScoped<UndoVerification>().AddScoped<ListVerifications>().AddScoped<StoreDocumentImage>();
        builder.Services.AddSingleton(new SealedField("account_verification", "sealed_correction", Corrections.Purpose)).AddSingleton(Export);
        builder.Services.AddAuthorizationBuilder().AddPolicy(Counter, p => p.RequireAuthenticatedUser().RequireRole(Roles.Reception, Roles.Chief)
            .RequireAssertion(c => c.User.HasScope(Policies.ApiScope) && Caller.From(c.User) is { ActsForAnother: false, ActsWithinLimits: false, Unit: not null }))
            .AddPolicy(AccountSearchGrpc.Official, p => p.RequireAuthenticatedUser().RequireRole([.. Roles.OfOfficials])
                .RequireAssertion(c => c.User.HasScope(Policies.ApiScope) && Caller.From(c.User) is { ActsForAnother: false, ActsWithinLimits: false, Unit: not null }));
    }

    public static void MapCounter(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<AccountSearchGrpc>().RequireAuthorization(AccountSearchGrpc.Official);
        app.MapGrpcService<FilingOwnersGrpc>().RequireAuthorization(Policies.Internal);
        var admin = app.MapGroup("/api/v1/admin").WithTags("Counter").ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        var counter = admin.MapGroup("").RequireAuthorization(Counter).RequireStrong();
        counter.MapPost("/account-searches", (SearchAccounts.Request request, SearchAccounts handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(request, http, ct))
            .WithName("searchAccounts").WithSummary("Find accounts by a whole personal number, telephone or tax code; masked, and recorded for the person to see")
            .Produces<Page<SearchAccounts.View>>().ProducesProblem(StatusCodes.Status429TooManyRequests);
        Change(counter.MapPost("/accounts/{id:guid}/verification", (Guid id, VerificationInput request, VerifyAccount handler, HttpContext http, CancellationToken ct) =>
                handler.HandleAsync(id, request, http, ct)))
            .WithIdempotency<IdentityDbContext>()
            .WithName("verifyAccount").WithSummary("Verify a person from the paper and the face; everything that does not hold is told at once")
            .Produces<VerifyAccount.View>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        Change(counter.MapDelete("/accounts/{id:guid}/verification", (Guid id, [FromBody] UndoVerification.Request request, UndoVerification handler, HttpContext http, CancellationToken ct) =>
                handler.HandleAsync(id, request, http, ct)))
            .WithName("undoVerification").WithSummary("Undo a verification as a second official, with a reason in the body").Produces(StatusCodes.Status204NoContent);
        counter.MapPut("/accounts/{id:guid}/identity-documents/{side}", (Guid id, string side, StoreDocumentImage handler, HttpContext http, CancellationToken ct) =>
                handler.HandleAsync(id, side, http, ct))
            .WithName("storeIdentityDocument").WithSummary("Store an image of the document just verified: front or back, PNG or JPEG, at most 10 MB, as the body")
            .Accepts<FileContentResult>("image/png", "image/jpeg")
            .Produces<PersonalData.OwnIdentityDocuments.View>().Produces<PersonalData.OwnIdentityDocuments.View>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        admin.MapGet("/accounts/{id:guid}/verifications", (Guid id, string? after, int? limit, ListVerifications handler, HttpContext http, CancellationToken ct) =>
                handler.HandleAsync(id, after, limit, http, ct))
            .RequireAuthorization(Policies.Auditor).RequireStrong()
            .WithName("listVerifications").WithSummary("Verifications of an account by units of mine, with what they corrected, for auditors; recorded for the person to see")
            .Produces<Page<ListVerifications.View>>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static RouteHandlerBuilder Change(RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed);

    private static async Task<object?> ExportAsync(IServiceProvider services, Guid id, CancellationToken ct)
    {
        var corrections = services.GetRequiredService<Corrections>();
        var rows = await services.GetRequiredService<IdentityDbContext>().AccountVerifications.AsNoTracking().Where(v => v.AccountId == id).OrderBy(v => v.VerifiedAt).ToListAsync(ct);
        return rows.ConvertAll(v => new { v.DocumentKind, v.UnitCode, v.VerifiedAt, v.TakenOver, Correction = corrections.Open(v), v.UndoneAt, v.UndoReason });
    }
}
