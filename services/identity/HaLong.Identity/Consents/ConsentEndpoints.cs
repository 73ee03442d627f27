using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Consents;

internal static class ConsentEndpoints
{
    public static IServiceCollection AddConsents(this IServiceCollection services) => services.AddScoped<ConsentLedger>().AddScoped<ConsentSeed>();

    public static void MapConsents(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1").WithTags("Consents");
        api.MapGet("/consent-purposes", ReadConsents.PurposesAsync).AllowAnonymous()
            .WithName("listConsentPurposes").WithSummary("What personal data is processed for, with the texts in force and their legal basis")
            .Produces<Page<PurposeView>>();

        var mine = api.MapGroup("/me/consents").RequireAuthorization(Policies.SignedIn)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        mine.MapGet("", ReadConsents.MineAsync)
            .WithName("listMyConsents").WithSummary("Where the caller stands with every purpose")
            .Produces<Page<ConsentView>>();
        mine.MapPost("", GiveConsent.HandleAsync).WithIdempotency<IdentityDbContext>()
            .WithName("giveConsent").WithSummary("Agree to a purpose: explicitly, to the text in force")
            .Produces<ConsentView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        mine.MapDelete("/{purpose}", WithdrawConsent.HandleAsync)
            .WithName("withdrawConsent").WithSummary("Withdraw a consent; what rests on law cannot be withdrawn")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        mine.MapGet("/{purpose}/proof", ReadConsents.ProofAsync)
            .WithName("getConsentProof").WithSummary("Every line of the ledger about a purpose, with the texts that were shown")
            .Produces<ConsentProofView>().ProducesProblem(StatusCodes.Status404NotFound);
        mine.MapGet("/{purpose}/proof.pdf", ReadConsents.PrintAsync)
            .WithName("printConsentProof").WithSummary("The proof of consent to print")
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf").ProducesProblem(StatusCodes.Status404NotFound);
    }
}
