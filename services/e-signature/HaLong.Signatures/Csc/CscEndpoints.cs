using System.Text.Json;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Features;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Csc;

/// <summary>
/// <c>/csc/v2</c>: other software signs with our credentials (Cloud Signature Consortium API v2). Requests and answers, also refusals, have
/// the shape of the standard; who asks is known by a token of our identity with the scopes halong.api and halong.sign.
/// </summary>
internal static class CscEndpoints
{
    private const string Specification = "2.0.0.2";

    public static void AddCsc(this IServiceCollection services) => services
        .AddSingleton<IAuthorizationMiddlewareResultHandler, CscRefusals>()
        .AddScoped<CscCredentials>().AddScoped<CscSigning>();

    public static void MapCsc(this IEndpointRouteBuilder app)
    {
        var csc = app.MapGroup("/csc/v2").WithTags("Cloud signatures").WithMetadata(new CscMarker()).RequireAuthorization(SignaturePolicies.Csc);
        app.MapPost("/csc/v2/info", Info).AllowAnonymous().WithTags("Cloud signatures")
            .WithSummary("What this service offers").WithDescription("Cloud Signature Consortium API v2, info. Open to anyone.")
            .Produces<CscServiceInfo>();
        Describe(csc.MapPost("/credentials/list", ListAsync), "credentials/list", "Credentials of the person").Produces<CscListAnswer>();
        Describe(csc.MapPost("/credentials/info", InfoAsync), "credentials/info", "One credential").Produces<CscCredential>();
        Describe(csc.MapPost("/credentials/getChallenge", GetChallengeAsync), "credentials/getChallenge", "Send a one-time code")
            .Produces<CscChallengeAnswer>();
        Describe(csc.MapPost("/credentials/sendOTP", SendOtpAsync), "credentials/sendOTP", "Send a one-time code").Produces(StatusCodes.Status204NoContent);
        Describe(csc.MapPost("/credentials/authorize", AuthorizeAsync), "credentials/authorize", "PIN and code for activation data of just these hashes")
            .Produces<CscAuthorizeAnswer>();
        Describe(csc.MapPost("/signatures/signHash", SignAsync), "signatures/signHash", "Sign the hashes").Produces<CscSignAnswer>();
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string method, string summary) => route
        .WithSummary(summary)
        .WithDescription($"Cloud Signature Consortium API v2, {method}. Scopes halong.api and halong.sign; only in one's own name. "
            + "Refusals: {error, error_description}.")
        .Produces<CscError>(StatusCodes.Status400BadRequest).Produces<CscError>(StatusCodes.Status401Unauthorized)
        .Produces<CscError>(StatusCodes.Status403Forbidden).Produces<CscError>(StatusCodes.Status503ServiceUnavailable);

    // What is not listed is not there: no extendTransaction, no signDoc, no timestamp.
    private static IResult Info(IConfiguration configuration, IOptions<PkiOptions> options) => CscError.Json(new CscServiceInfo(
        Specification, options.Value.Organisation, "", "VN", "vi", "Ký số từ xa cho công dân và cán bộ", ["oauth2code"],
        configuration["PublicUrl"]?.TrimEnd('/') + "/", [Policies.ApiScope, SignaturePolicies.SignScope], false,
        ["info", "credentials/list", "credentials/info", "credentials/getChallenge", "credentials/sendOTP", "credentials/authorize", "signatures/signHash"],
        new CscAlgorithms(CscCredentials.Algorithms, [])));

    private static async Task<IResult> ListAsync(HttpContext http, CscCredentials credentials)
    {
        var ct = http.RequestAborted;
        if (await ReadAsync<CscListRequest>(http) is not { } request)
            return Unreadable();
        if (request.UserId is not null)
            return CscError.Of("invalid_request", "userID is not allowed: the token says who it is");
        var (certificates, found) = (request.Certificates ?? "single", await credentials.ListAsync(request.OnlyValid == true, ct));
        if (certificates is not ("none" or "single" or "chain"))
            return CscError.Invalid("certificates");
        List<CscCredential>? infos = request.CredentialInfo == true ? [] : null;
        foreach (var credential in infos is null ? [] : found)
            infos!.Add(await credentials.DescribeAsync(credential, certificates, request.CertInfo == true, request.AuthInfo == true, withId: true, ct));
        return CscError.Json(new CscListAnswer([.. found.Select(c => c.Id.ToString())], infos));
    }

    private static async Task<IResult> InfoAsync(HttpContext http, CscCredentials credentials)
    {
        if (await ReadAsync<CscInfoRequest>(http) is not { } request)
            return Unreadable();
        if (string.IsNullOrEmpty(request.CredentialId))
            return CscError.Missing("credentialID");
        if ((request.Certificates ?? "single") is not ("none" or "single" or "chain"))
            return CscError.Invalid("certificates");
        return await credentials.FindAsync(request.CredentialId, http.RequestAborted) is { } found
            ? TypedResults.Json(await credentials.DescribeAsync(found, request.Certificates ?? "single", request.CertInfo == true, request.AuthInfo == true,
                withId: false, http.RequestAborted))
            : CscError.Invalid("credentialID");
    }

    private static async Task<IResult> GetChallengeAsync(HttpContext http, CscSigning signing) =>
        await ChallengeAsync(http, signing, order => CscError.Json(new CscChallengeAnswer(order.CodeSentTo)));

    private static async Task<IResult> SendOtpAsync(HttpContext http, CscSigning signing) => await ChallengeAsync(http, signing, _ => TypedResults.NoContent());

    private static async Task<IResult> ChallengeAsync(HttpContext http, CscSigning signing, Func<Domain.SigningActivation, IResult> answer)
    {
        if (await ReadAsync<CscChallengeRequest>(http) is not { } request)
            return Unreadable();
        var (order, refusal) = await signing.ChallengeAsync(request, http);
        return refusal ?? answer(order!);
    }

    private static async Task<IResult> AuthorizeAsync(HttpContext http, CscSigning signing) =>
        await ReadAsync<CscAuthorizeRequest>(http) is { } request ? await signing.AuthorizeAsync(request, http) : Unreadable();

    private static async Task<IResult> SignAsync(HttpContext http, CscSigning signing) =>
        await ReadAsync<CscSignRequest>(http) is { } request ? await signing.SignAsync(request, http) : Unreadable();

    private static IResult Unreadable() => CscError.Of("invalid_request", "The body is not the JSON that was expected");

    // Read here and not by binding: what cannot be read is refused in the shape of the standard too.
    private static async Task<T?> ReadAsync<T>(HttpContext http)
        where T : class
    {
        if (!http.Request.HasJsonContentType())
            return null;
        try
        {
            return await http.Request.ReadFromJsonAsync<T>(http.RequestAborted);
        }
        catch (Exception e) when (e is JsonException or BadHttpRequestException or NotSupportedException)
        {
            return null;
        }
    }
}
