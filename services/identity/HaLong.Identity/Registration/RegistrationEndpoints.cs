using HaLong.Identity.Codes;

namespace HaLong.Identity.Registration;

internal static class RegistrationEndpoints
{
    /// <param name="Code">The six digits.</param>
    /// <param name="UserName">4 to 40 plain letters, digits, dots, dashes; the telephone number when left out. The personal number opens the account too.</param>
    /// <param name="Password">10 to 200 characters; not a common one and not about its owner.</param>
    internal sealed record ConfirmRequest(string? Code, string? UserName, string? Password);

    /// <summary>The same for everybody: whether there is a new account shows only to who can sign in.</summary>
    /// <param name="Next">Where to sign in.</param>
    internal sealed record Confirmed(string Next);

    // Without Idempotency-Key: hashes of bodies with personal numbers and passwords would have to be stored. A code works once by itself.
    public static void MapRegistration(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1/registrations").WithTags("Registration").AllowAnonymous()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapPost("", async (StartRegistration request, RegistrationDesk desk, CancellationToken ct) =>
            {
                var (issued, warnings) = await desk.StartAsync(request, ct);
                return issued.Match(code => CodeView.Accepted(code, warnings));
            })
            .WithName("startRegistration").WithSummary("Fill in a registration; a code goes to the telephone")
            .Produces<CodeView>(StatusCodes.Status202Accepted);
        api.MapPost("/{id:guid}/resend", async (Guid id, RegistrationDesk desk, CancellationToken ct) => (await desk.ResendAsync(id, ct)).Match(CodeView.Accepted))
            .WithName("resendRegistration").WithSummary("Another code")
            .Produces<CodeView>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/{id:guid}/confirmation", async (Guid id, ConfirmRequest request, RegistrationDesk desk, CancellationToken ct) =>
                (await desk.ConfirmAsync(id, request.Code, request.UserName, request.Password, ct)).Match(() => TypedResults.Ok(new Confirmed(SignIn.SignInPage.Path))))
            .WithName("confirmRegistration").WithSummary("The code and a password; the answer does not tell whether the person had an account")
            .Produces<Confirmed>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }
}
