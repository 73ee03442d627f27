using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Persistence;
using Microsoft.OpenApi;

namespace HaLong.Signatures.Features.Sessions;

/// <summary><c>POST /api/v1/signing-sessions</c>: a person makes a session for himself, for example to sign a form before filing it.</summary>
internal static class CreateOwnSession
{
    private const int UsualDays = 7;

    public static void Map(IEndpointRouteBuilder sessions) => sessions.MapPost("/", HandleAsync)
        .WithName("createSigningSession").WithSummary("Make a session to sign documents of one's own")
        .WithDescription("A form (multipart/form-data) with purpose, subject, role, deadline (RFC 3339, 7 days when left out) and 1 to 20 PDF files, together at most 50 MB. "
            + "The caller is its only signer. Idempotency-Key is heeded. Scope halong.api.")
        .Produces<SessionView>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .RequireAuthorization(Policies.SignedIn)
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
            var file = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["multipart/form-data"] = new()
                    {
                        Schema = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Object,
                            Properties = new Dictionary<string, IOpenApiSchema>
                            {
                                ["purpose"] = Text(),
                                ["subject"] = Text(),
                                ["role"] = Text(),
                                ["deadline"] = Text(),
                                ["file"] = file,
                            },
                        },
                    },
                },
            };
            return Task.CompletedTask;
        });

    private static async Task<IResult> HandleAsync(HttpContext http, CreateSession handler, SignatureDbContext db, Caller caller, TimeProvider time,
        CancellationToken ct)
    {
        var form = await SessionForm.ReadAsync(http.Request, ct);
        if (!form.IsSuccess)
            return form.Error.ToProblem();
        var given = form.Value;
        var deadline = time.GetUtcNow().AddDays(UsualDays);
        if (given.Field("deadline") is { Length: > 0 } text && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out deadline))
            return SessionErrors.InvalidSession.WithField("deadline", "Không phải là thời điểm RFC 3339.", "Not a time by RFC 3339.").ToProblem();
        var plan = new SessionPlan(Guid.CreateVersion7(time.GetUtcNow()), given.Field("purpose"), given.Field("subject"), caller.Subject, caller.AccountId,
            null,
            deadline.ToUniversalTime(), [.. given.Files.Select(f => CreateSession.Document(f.Name, f.Content))],
            [new PlannedSigner(caller.AccountId, 1, given.Field("role"))]);
        return await Idempotency.RunAsync(db, http, HashOf(given, plan), async () =>
        {
            var made = await handler.HandleAsync(plan, ct);
            if (!made.IsSuccess)
                return made.Error.ToProblem();
            Etag.Set(http.Response, made.Value.Session.Version);
            return TypedResults.Created($"/api/v1/signing-sessions/{plan.Id}", SessionView.Of(made.Value.Session, caller.AccountId));
        });
    }

    // Fields as they were written and hashes of the files: the id and a deadline that was left out are new each time.
    private static byte[] HashOf(SessionForm form, SessionPlan plan) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        form.Fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value}").Concat(plan.Documents.Select(d =>
            $"{d.Name} {d.Sha256}")))));
}
