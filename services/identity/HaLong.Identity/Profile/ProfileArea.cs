using HaLong.Identity.Codes;
using HaLong.Identity.Factors;
using HaLong.Identity.Features;
using HaLong.Identity.Profile.Closing;
using HaLong.Identity.Profile.Contacts;
using HaLong.Identity.Profile.Pages;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Profile;

/// <summary>What people see and change of their own accounts: profile, contact points, preferences, the end.</summary>
internal static class ProfileArea
{
    private const string Json = "application/json";

    public static void AddProfile(this IServiceCollection services)
    {
        services.AddScoped<FreshOwner>().AddScoped<ContactBook>().AddScoped<ContactDesk>();
        services.AddScoped<Obstacles>().AddScoped<AccountClosing>().AddScoped<CloseAccount>();
        services.AddScoped<AccountPage>().AddScoped<ContactsPage>().AddScoped<ContactConfirmPage>();
    }

    public static void MapProfile(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1/me").WithTags("Profile").RequireAuthorization(Policies.SignedIn)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPatch("", ChangeMe.HandleAsync).Accepts<ChangeMe.Patch>(MergePatch.MediaType, Json)
            .WithName("changeMe").WithSummary("Change name and birth date (while unverified), sex and language; JSON merge patch")
            .WithDescription("A change of the name makes earlier access tokens void: refresh them. What is verified is changed by a request to correct data.")
            .Produces<GetMe.View>().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed);
        api.MapGet("/preferences", ChangePreferences.GetAsync)
            .WithName("getMyPreferences").WithSummary("Language, channels in order, quiet hours, digest, optional messages")
            .Produces<PreferencesView>();
        api.MapPatch("/preferences", ChangePreferences.PatchAsync).Accepts<ChangePreferences.Patch>(MergePatch.MediaType, Json)
            .WithName("changeMyPreferences").WithSummary("Change how I am told things; JSON merge patch")
            .Produces<PreferencesView>().ProducesProblem(StatusCodes.Status412PreconditionFailed);
        MapContacts(api.MapGroup("/contact-points").WithTags("Profile"));
        MapClosing(api.MapGroup("/closure").WithTags("Profile"));
        MapPages(app);
    }

    // Without Idempotency-Key: a hash of a body that is hardly more than a telephone number gives the number away. A code works once by itself.
    private static void MapContacts(RouteGroupBuilder contacts)
    {
        contacts.ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status429TooManyRequests);
        contacts.MapGet("", ContactEndpoints.ListAsync)
            .WithName("listMyContactPoints").WithSummary("Telephone and e-mail of the account, and whether they are confirmed")
            .Produces<Page<ContactPointView>>();
        contacts.MapPost("", ContactEndpoints.AddAsync)
            .WithName("addMyContactPoint").WithSummary("Add a telephone or e-mail: a code goes there; needs a recent sign-in, a strong one with a second factor")
            .Produces<CodeView>(StatusCodes.Status202Accepted);
        contacts.MapPatch("/{kind}", ContactEndpoints.ReplaceAsync)
            .WithName("replaceMyContactPoint").WithSummary("Replace or confirm one: a code goes to the new place, the old one is told; sign-in as for adding")
            .Produces<CodeView>(StatusCodes.Status202Accepted);
        contacts.MapDelete("/{kind}", ContactEndpoints.RemoveAsync)
            .WithName("removeMyContactPoint").WithSummary("Remove the e-mail; the telephone can only be replaced")
            .Produces(StatusCodes.Status204NoContent);
        contacts.MapPost("/changes/{id:guid}/resend", ContactEndpoints.ResendAsync)
            .WithName("resendMyContactCode").WithSummary("Another code")
            .Produces<CodeView>(StatusCodes.Status202Accepted);
        contacts.MapPost("/changes/{id:guid}/confirmation", ContactEndpoints.ConfirmAsync)
            .WithName("confirmMyContactPoint").WithSummary("The code: the new contact point takes effect")
            .Produces<Page<ContactPointView>>();
    }

    private static void MapClosing(RouteGroupBuilder closure)
    {
        closure.RequireStrong(PageOwners.Fresh).AddEndpointFilter(OwnAccount.OnlyAsync);
        closure.ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);
        closure.MapPost("", async (CloseAccount close, CancellationToken ct) => (await close.StartAsync(ct)).Match(CodeView.Accepted))
            .WithName("startMyClosure").WithSummary("Close the account: a code goes to the telephone; refused with everything that is still open; needs a strong and recent sign-in")
            .Produces<CodeView>(StatusCodes.Status202Accepted);
        closure.MapPost("/{id:guid}/resend", async (Guid id, CloseAccount close, CancellationToken ct) => (await close.ResendAsync(id, ct)).Match(CodeView.Accepted))
            .WithName("resendMyClosureCode").WithSummary("Another code")
            .Produces<CodeView>(StatusCodes.Status202Accepted);
        closure.MapPost("/{id:guid}/confirmation", async (Guid id, CloseAccount.ConfirmRequest request, CloseAccount close, CancellationToken ct) =>
                (await close.ConfirmAsync(id, request.Code, ct)).Match(() => TypedResults.NoContent()))
            .WithName("confirmMyClosure").WithSummary("The code: the account is closed for good, all sessions end, tokens are void within five seconds")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static void MapPages(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        pages.MapGet(AccountPage.Path, (AccountPage page, HttpContext http, CancellationToken ct) => page.GetAsync(http, ct));
        pages.MapGet(ContactsPage.Path, (ContactsPage page, HttpContext http, CancellationToken ct) => page.GetAsync(http, ct));
        pages.MapPost(ContactsPage.Path, (ContactsPage page, HttpContext http, CancellationToken ct) => page.PostAsync(http, ct));
        pages.MapGet(ContactConfirmPage.Path, (ContactConfirmPage page, HttpContext http, Guid id, CancellationToken ct) => page.GetAsync(http, id, ct));
        pages.MapPost(ContactConfirmPage.Path, (ContactConfirmPage page, HttpContext http, Guid id, CancellationToken ct) => page.PostAsync(http, id, ct));
    }
}
