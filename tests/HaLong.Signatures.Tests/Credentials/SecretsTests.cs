using System.Net;
using System.Text;
using HaLong.Signatures.Features.Credentials;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Tests.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static HaLong.Signatures.Tests.Tools.CredentialFixture;

namespace HaLong.Signatures.Tests.Credentials;

/// <summary>PINs, codes, SADs and hashes of documents are in no log and in no table.</summary>
[Collection(CredentialTests.Name)]
public sealed class SecretsTests(CredentialFixture fixture)
{
    private const string Secret = "cụm mật khẩu rất riêng 7391";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_secret_is_logged_or_kept()
    {
        var (account, credential) = await fixture.SignerAsync(Secret);
        var order = Order(account, credential, Hashes(2));
        (await fixture.SignAsync(order, Secret + "sai")).Refused(HaLong.Signatures.Domain.ActivationErrors.PinWrong);
        fixture.Time.Shift += TimeSpan.FromSeconds(1);
        Assert.Equal(HashState.Signed, (await fixture.SignAsync(order, Secret)).Succeeded().State);

        using var client = fixture.As(account, scope: "halong.api halong.sign");
        var hashes = Hashes();
        (await PostAsync(client, "/csc/v2/credentials/getChallenge", new { credentialID = credential })).Expect(HttpStatusCode.OK);
        var code = fixture.People.LatestOf(account).Code;
        var sad = (await PostAsync(client, "/csc/v2/credentials/authorize", new
        {
            credentialID = credential,
            numSignatures = 1,
            hashes = new[] { Convert.ToBase64String(hashes[0]) },
            hashAlgorithmOID = "2.16.840.1.101.3.4.2.1",
            authData = new[] { new { id = "PIN", value = Secret }, new { id = "OTP", value = code } },
        })).Expect(HttpStatusCode.OK)["SAD"];

        byte[][] secrets =
        [
            Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes("\"" + code + "\""), Encoding.UTF8.GetBytes(sad),
                System.Buffers.Text.Base64Url.DecodeFromChars(sad),
            order.Hashes[0], hashes[0],
        ];
        var tables = await DumpAsync();
        Assert.Contains(credential.ToString(), tables, StringComparison.Ordinal);
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(Convert.ToHexStringLower(secret), tables, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(secret), tables, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Secret, tables, StringComparison.Ordinal);
        Assert.DoesNotContain(sad, tables, StringComparison.Ordinal);
        var lines = fixture.Logs.Lines.ToList();
        Assert.Contains(lines, l => l.Contains(credential.ToString(), StringComparison.Ordinal));
        foreach (var word in new[] { Secret, sad, Convert.ToBase64String(hashes[0]), $"\"{code}\"", $" {code} ", Convert.ToHexStringLower(order.Hashes[0]) })
            Assert.DoesNotContain(lines, l => l.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private Task<string> DumpAsync() => fixture.QueryAsync(async db =>
    {
        var dump = new StringBuilder();
        var names = await db.Database.SqlQueryRaw<string>("SELECT table_name::text AS \"Value\" FROM information_schema.tables WHERE table_schema = 'public'").ToListAsync(Ct);
        foreach (var sql in names.Select(name => "SELECT t::text AS \"Value\" FROM \"" + name + "\" t"))
            dump.AppendJoin('\n', await db.Database.SqlQueryRaw<string>(sql).ToListAsync(Ct));
        return dump.ToString();
    });

    [Fact]
    public void What_carries_a_secret_does_not_show_it()
    {
        foreach (var carrier in new object[]
        {
            new SignerProof(Secret, "123456"), new SetPin.Request(Secret, Secret), new HaLong.Signatures.Csc.CscAuthData("PIN", Secret),
            new HaLong.Signatures.Csc.CscSignRequest("x", Secret, null, null, null),
        })
            Assert.DoesNotContain(Secret, carrier.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production", "99999", false)]
    [InlineData("Production", "100000", true)]
    [InlineData("Development", "1", true)]
    public void Outside_of_development_a_guess_is_never_cheap(string environment, string iterations, bool starts)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration["Credentials:PinIterations"] = iterations;
        builder.AddPersonCredentials();
        using var services = builder.Services.BuildServiceProvider();
        var options = services.GetRequiredService<IOptions<CredentialOptions>>();
        if (starts)
            Assert.Equal(iterations, options.Value.PinIterations.ToString(System.Globalization.CultureInfo.InvariantCulture));
        else
            Assert.Contains("Credentials:PinIterations", Assert.Throws<OptionsValidationException>(() => options.Value).Message, StringComparison.Ordinal);
    }
}
