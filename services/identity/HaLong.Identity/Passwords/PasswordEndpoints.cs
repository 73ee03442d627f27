using System.Net.Mime;
using HaLong.Identity.Codes;
using HaLong.Identity.Factors;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Passwords;

internal static class PasswordEndpoints
{
    /// <param name="UserName">User name, telephone or personal number.</param>
    /// <param name="Language">Of the SMS: vi or en; that of the request when left out.</param>
    internal sealed record ResetRequest(string? UserName, string? Language);

    /// <param name="Code">The six digits.</param>
    /// <param name="Password">The new password.</param>
    internal sealed record ConfirmRequest(string? Code, string? Password);

    // Without Idempotency-Key: a hash of the body, which holds a password, would have to be stored. A code works once by itself.
    public static void MapPasswords(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1").WithTags("Passwords").ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapPut("/me/password", ChangePassword.HandleAsync).RequireAuthorization(Policies.SignedIn).AddEndpointFilter(OwnAccount.OnlyAsync)
            .WithName("changeMyPassword").WithSummary("Change the password; all other sessions end")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status401Unauthorized);
        api.MapPost("/password-resets", async (ResetRequest request, PasswordResets resets, CancellationToken ct) =>
                (await resets.StartAsync(request.UserName, Languages.Choose(request.Language), ct)).Match(CodeView.Accepted)).AllowAnonymous()
            .WithName("startPasswordReset").WithSummary("Have a code sent to the telephone on file; the answer does not tell whether there is one")
            .Produces<CodeView>(StatusCodes.Status202Accepted, MediaTypeNames.Application.Json);
        api.MapPost("/password-resets/{id:guid}/resend", async (Guid id, PasswordResets resets, CancellationToken ct) =>
                (await resets.ResendAsync(id, ct)).Match(CodeView.Accepted)).AllowAnonymous()
            .WithName("resendPasswordReset").WithSummary("Another code")
            .Produces<CodeView>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/password-resets/{id:guid}/confirmation", async (Guid id, ConfirmRequest request, PasswordResets resets, CancellationToken ct) =>
                (await resets.ConfirmAsync(id, request.Code, request.Password, ct)).Match(() => TypedResults.NoContent())).AllowAnonymous()
            .WithName("confirmPasswordReset").WithSummary("A new password with the code; all sessions end")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }
}
