using HaLong.Identity.Keys;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Identity.PersonalData;

internal static class PersonalDataEndpoints
{
    public static void AddPersonalData(this IHostApplicationBuilder builder)
    {
        builder.AddOptions<PersonalDataOptions>(PersonalDataOptions.Section);
        builder.Services.AddSingleton<DisclosureInstruments>().AddScoped<Disclosures>();
        builder.Services.AddSingleton(new SealedField("identity_document", "sealed", FieldVault.IdentityDocuments, Batch: 4));
        builder.Services.AddSingleton<RetentionInstruments>().AddScoped<RetentionSeed>().AddScoped<RetentionRun>().AddHostedService<RetentionJob>();
    }

    public static void MapPersonalData(this IEndpointRouteBuilder app)
    {
        var mine = app.MapGroup("/api/v1/me/identity-documents").WithTags("Personal data").RequireAuthorization(Policies.SignedIn)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        mine.MapGet("", OwnIdentityDocuments.ListAsync)
            .WithName("listMyIdentityDocuments").WithSummary("Which sides of the caller's identity card are stored")
            .Produces<Page<OwnIdentityDocuments.View>>();
        mine.MapPut("/{side}", OwnIdentityDocuments.PutAsync)
            .WithName("putMyIdentityDocument").WithSummary("Store an image of the front or back of the identity card: PNG or JPEG, at most 10 MB, as the body")
            .Accepts<FileContentResult>("image/png", "image/jpeg")
            .Produces<OwnIdentityDocuments.View>().Produces<OwnIdentityDocuments.View>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        mine.MapGet("/{side}", OwnIdentityDocuments.GetAsync).RequireStrong()
            .WithName("getMyIdentityDocument").WithSummary("An image of the caller's own identity card; needs a strong sign-in")
            .Produces(StatusCodes.Status200OK, contentType: "image/png").ProducesProblem(StatusCodes.Status404NotFound);
        mine.MapDelete("/{side}", OwnIdentityDocuments.DeleteAsync)
            .WithName("deleteMyIdentityDocument").WithSummary("Delete an image of the caller's identity card")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);

        var others = app.MapGroup("/api/v1/accounts/{id:guid}").WithTags("Personal data").RequireAuthorization(Policies.SignedIn).RequireStrong()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status429TooManyRequests);
        others.MapPost("/personal-number/disclosures", Disclose.PersonalNumberAsync)
            .WithName("disclosePersonalNumber")
            .WithSummary("The personal number in full: for its owner, or for an official with a purpose, which is recorded and visible to the owner")
            .Produces<Disclose.View>();
        others.MapPost("/identity-documents/{side}/disclosures", Disclose.IdentityDocumentAsync)
            .WithName("discloseIdentityDocument")
            .WithSummary("An image of the identity card, for an official with a purpose, which is recorded and visible to the owner")
            .Produces(StatusCodes.Status200OK, contentType: "image/png");
    }
}
