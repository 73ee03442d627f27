using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.PartnerLab.Dials;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace HaLong.PartnerLab.Signing;

/// <summary>The SmartCA gateway for third parties, and the telephone on which a person confirms.</summary>
internal sealed class SmartCaEndpoints(SigningPeople people, SmartCaBook book, SmartCaAnswers answers, SmartCaTeller teller, DialBoard dials,
    IOptions<SigningOptions> options, TimeProvider clock)
{
    /// <summary>What the person does on the telephone: <c>confirm</c>, <c>decline</c> or <c>fail</c>.</summary>
    internal sealed record PersonAnswer(string? Answer);

    public static void Map(IEndpointRouteBuilder app)
    {
        var gateway = app.MapGroup("/sca/sp769/v1").AllowAnonymous();
        gateway.MapPost("/credentials/get_certificate", (HttpContext http, SmartCaEndpoints lab) => lab.HandleAsync(http, lab.Certificates));
        gateway.MapPost("/signatures/sign", (HttpContext http, SmartCaEndpoints lab) => lab.HandleAsync(http, body => lab.SignAsync(body, http)));
        gateway.MapPost("/signatures/sign/{tranCode}/status", (string tranCode, HttpContext http, SmartCaEndpoints lab) => lab.HandleAsync(http, _ => lab.Status(tranCode)));
        var telephone = app.MapGroup("/signing/smartca").AllowAnonymous();
        telephone.MapGet("/orders", (SmartCaBook book) => book.All);
        telephone.MapPost("/orders/{tranCode}/answer", (string tranCode, PersonAnswer body, SmartCaEndpoints lab) => lab.AnswerAsync(tranCode, body.Answer));
        app.MapGet("/signing/root.pem", (SigningPeople people) => people.Root.ExportCertificatePem()).AllowAnonymous();
    }

    private async Task<IResult> HandleAsync(HttpContext http, Func<JsonElement, Task<IResult>> handle)
    {
        if (dials.Take("smartca.delay") is { } delay)
            await Task.Delay(TimeSpan.FromMilliseconds(delay), clock, http.RequestAborted);
        if (dials.Take("smartca.down") is not null)
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        using var document = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        var body = document.RootElement;
        if (dials.Take("smartca.unauthorized") is not null || Text(body, "sp_id") != options.Value.SmartCaSpId || Text(body, "sp_password") != options.Value.SmartCaSpPassword)
            return Fault(401, "SP_CREDENTIAL_INVALID");
        return dials.Take("smartca.forbidden") is null ? await handle(body) : Fault(403, "CREDENTIAL_STATUS_INVALID");
    }

    private Task<IResult> Certificates(JsonElement body)
    {
        var (user, serial) = (Text(body, "user_id"), Text(body, "serial_number"));
        var own = people.Of(user).Where(s => serial.Length == 0 || string.Equals(s.SerialNumber, serial, StringComparison.OrdinalIgnoreCase));
        var listed = new JsonArray([.. own.Select(s => (JsonNode)new JsonObject
        {
            ["cert_id"] = s.CredentialId,
            ["serial_number"] = s.SerialNumber,
            ["cert_data"] = Convert.ToBase64String((dials.Take("smartca.wrongCertificate", user) is null ? s : people.Other(s)).Certificate.RawData),
            ["chain_data"] = new JsonObject { ["ca_cert"] = Convert.ToBase64String(people.Root.RawData), ["root_cert"] = null },
        })]);
        return Task.FromResult<IResult>(TypedResults.Json(new JsonObject
        {
            ["status_code"] = 200,
            ["message"] = "success",
            ["data"] = new JsonObject { ["user_certificates"] = listed },
        }));
    }

    private async Task<IResult> SignAsync(JsonElement body, HttpContext http)
    {
        var user = Text(body, "user_id");
        if (people.Serial(user, Text(body, "serial_number")) is null || !body.TryGetProperty("sign_files", out var files))
            return Fault(400, "INVALID_REQUEST");
        var order = new SmartCaOrder("T" + RandomNumberGenerator.GetHexString(16), Text(body, "transaction_id"), user, Text(body, "serial_number"), Text(body, "transaction_desc"),
            [.. files.EnumerateArray().Select(f => new SmartCaDocument(Text(f, "doc_id"), Text(f, "data_to_be_signed")))], clock.GetUtcNow() + options.Value.Lasts,
            SmartCaState.Pending, []);
        book.Add(order);
        // The person is quicker than the gateway's own answer.
        if (dials.Take("smartca.hookFirst", user) is not null)
            await AnswerAsync(order.TranCode, "confirm");
        if (dials.Take("smartca.lostAnswer", user) is not null)
        {
            http.Abort();
            return Results.Empty;
        }

        return TypedResults.Json(new JsonObject
        {
            ["status_code"] = 200,
            ["message"] = "sig_wait_for_user_confirm",
            ["data"] = new JsonObject { ["transaction_id"] = order.TransactionId, ["tran_code"] = order.TranCode },
        });
    }

    private Task<IResult> Status(string tranCode) =>
        Task.FromResult<IResult>(book.Find(tranCode) is { } order ? TypedResults.Json(answers.Status(order)) : Fault(404, "TRANSACTION_NOT_FOUND"));

    private async Task<IResult> AnswerAsync(string tranCode, string? answer)
    {
        SmartCaState? state = answer switch { "confirm" => SmartCaState.Completed, "decline" => SmartCaState.Declined, "fail" => SmartCaState.Failed, _ => null };
        if (state is not { } wanted)
            return TypedResults.Problem("answer is confirm, decline or fail.", statusCode: StatusCodes.Status400BadRequest);
        book.Find(tranCode);
        if (book.End(tranCode, wanted) is not { } order)
            return TypedResults.NotFound();
        await teller.TellAsync(order);
        return TypedResults.Ok(book.Find(tranCode));
    }

    private static JsonHttpResult<JsonObject> Fault(int status, string message) => TypedResults.Json(new JsonObject { ["status_code"] = status, ["message"] = message }, statusCode: status);

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
