using System.Text.Json;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Csc;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Signatures.Tests.Csc;

/// <summary>Our refusals and algorithms in the words of the standard.</summary>
public sealed class CscWordsTests
{
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string Sha384 = "2.16.840.1.101.3.4.2.2";

    [Theory]
    [InlineData(Sha256, null, "1.2.840.10045.4.3.2")]
    [InlineData(Sha384, null, "1.2.840.10045.4.3.3")]
    [InlineData(Sha256, "1.2.840.10045.2.1", "1.2.840.10045.4.3.2")]
    [InlineData(Sha256, "1.2.840.10045.4.3.2", "1.2.840.10045.4.3.2")]
    [InlineData(null, "1.2.840.10045.4.3.4", "1.2.840.10045.4.3.4")]
    [InlineData(Sha384, "1.2.840.10045.4.3.2", null)]
    [InlineData(Sha256, "1.2.840.113549.1.1.11", null)]
    [InlineData(Sha256, "1.2.840.113549.1.1.1", null)]
    [InlineData(null, null, null)]
    [InlineData(null, "1.2.840.10045.2.1", null)]
    [InlineData("1.3.14.3.2.26", null, null)]
    [InlineData("", "", null)]
    public void Hash_and_algorithm_have_to_fit_the_key(string? hash, string? algorithm, string? expected) =>
        Assert.Equal(expected, CscCredentials.AlgorithmOf(hash, algorithm)?.Oid);

    [Fact]
    public void What_is_offered_are_elliptic_curves() =>
        Assert.All(CscCredentials.Algorithms, oid => Assert.False(SignatureAlgorithm.ByOid(oid)!.IsRsa));

    public static TheoryData<string, string, int> Refusals => new()
    {
        { ActivationErrors.PinWrong.Code, "invalid_pin", 400 },
        { ActivationErrors.PinTooSoon.Code, "invalid_pin", 429 },
        { ActivationErrors.PinLocked.Code, "invalid_pin", 400 },
        { ActivationErrors.CodeWrong.Code, "invalid_otp", 400 },
        { ActivationErrors.CodeUsedUp.Code, "invalid_otp", 429 },
        { ActivationErrors.NoChallenge.Code, "invalid_otp", 400 },
        { ActivationErrors.NotAuthorised.Code, "invalid_request", 400 },
        { ActivationErrors.Expired.Code, "invalid_request", 400 },
        { CredentialErrors.Suspended.Code, "invalid_request", 400 },
        { CredentialErrors.TooManyOneTime.Code, "too_many_requests", 429 },
        { CredentialErrors.IdentityAway.Code, "server_error", 503 },
        { SignatureErrors.NotReady.Code, "server_error", 503 },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_has_two_fields_our_code_and_a_wait(string code, string word, int status)
    {
        var error = new[] { typeof(ActivationErrors), typeof(CredentialErrors), typeof(SignatureErrors) }
            .SelectMany(t => t.GetFields()).Select(f => (Error)f.GetValue(null)!).Single(e => e.Code == code) with
        { RetryAfterSeconds = 4 };
        using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = services, Response = { Body = body } };
        await CscError.Of(error, http).ExecuteAsync(http);

        Assert.Equal((status, "4"), (http.Response.StatusCode, http.Response.Headers.RetryAfter.ToString()));
        using var answer = JsonDocument.Parse(body.ToArray());
        Assert.Equal(["error", "error_description"], answer.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(word, answer.RootElement.GetProperty("error").GetString());
        Assert.EndsWith($"({code})", answer.RootElement.GetProperty("error_description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_have_the_capitals_of_the_standard()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        var sign = JsonSerializer.Deserialize<CscSignRequest>(
            """{"credentialID":"c","SAD":"s","hashes":["aGk="],"hashAlgorithmOID":"h","signAlgo":"a","clientData":"ignored"}""", options)!;
        Assert.Equal(("c", "s", "h", "a", 1), (sign.CredentialId, sign.Sad, sign.HashAlgorithmOid, sign.SignAlgo, sign.Hashes!.Count));
        Assert.Equal("""{"SAD":"s","expiresIn":180}""", JsonSerializer.Serialize(new CscAuthorizeAnswer("s", 180), options));
        Assert.Equal("""{"credentialIDs":["c"]}""", JsonSerializer.Serialize(new CscListAnswer(["c"], null), options));
        Assert.Equal("""{"signatures":["x"]}""", JsonSerializer.Serialize(new CscSignAnswer(["x"]), options));
        Assert.Equal("""{"status":"valid"}""", JsonSerializer.Serialize(new CscCertificate("valid", null, null, null, null, null, null), options));
    }
}
