using System.Collections.Concurrent;
using System.Net;
using Google.Protobuf;
using Grpc.Core;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;
using HaLong.Signatures.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;

namespace HaLong.Dossiers.Tests;

/// <summary>Identity, e-signature and payment as small real gRPC servers, which can be down.</summary>
public sealed class Neighbours : IAsyncDisposable
{
    private readonly WebApplication app;
    private int unitCalls, contactCalls, checks;

    private Neighbours(WebApplication app) => this.app = app;

    /// <summary>Accounts that identity knows, by id: (unit, roles).</summary>
    public ConcurrentDictionary<string, (string Unit, string[] Roles)> Officials { get; } = new();

    /// <summary>Citizens that identity knows, by id: the name.</summary>
    public ConcurrentDictionary<string, string> People { get; } = new();

    /// <summary>An invented unit that lies in another province.</summary>
    public string? OtherProvince { get; set; }
    /// <summary>Contact points that identity knows, by account.</summary>
    public ConcurrentDictionary<string, (string Email, string Phone)> Contacts { get; } = new();

    /// <summary>How often contact points were asked for.</summary>
    public int ContactCalls => contactCalls;

    public bool IdentityDown { get; set; }
    public bool SignatureDown { get; set; }
    public bool PaymentDown { get; set; }

    /// <summary>Seals only; sessions go on.</summary>
    public bool SealDown { get; set; }

    /// <summary>Signing sessions by id.</summary>
    public ConcurrentDictionary<string, SigningRoom> Rooms { get; } = new();

    /// <summary>So many sessions are made without their maker hearing the answer.</summary>
    public int LostAnswers { get; set; }

    /// <summary>Name in the certificates of people.</summary>
    public string PersonSubject { get; set; } = "CN=Nguyễn Thị Duyệt,O=UBND phường Hạ Long";

    /// <summary>What payment was asked.</summary>
    public ConcurrentQueue<HaLong.Payments.V1.QuoteFeesRequest> Quotes { get; } = new();

    /// <summary>The day on which identity answers; null: today.</summary>
    public DateOnly? Today { get; set; }

    /// <summary>What became of versions of units, where it is not what the real data say.</summary>
    public ConcurrentDictionary<string, MappedUnit> Fates { get; } = new();

    /// <summary>Every answer of the signing service, by document.</summary>
    public ConcurrentDictionary<string, List<byte[]>> Answers { get; } = new();

    public ConcurrentQueue<SignPdfRequest> SignRequests { get; } = new();
    /// <summary>What e-signature says of every PDF.</summary>
    public string Indication { get; set; } = "VALID";

    /// <summary>Authorisation headers of the questions about signatures.</summary>
    public ConcurrentQueue<string> ValidationTokens { get; } = new();

    public ConcurrentQueue<string> SignTokens { get; } = new();
    public int UnitCalls => unitCalls;

    /// <summary>Delegations and assisted sessions by id.</summary>
    public ConcurrentDictionary<Guid, TestRight> Rights { get; } = new();

    /// <summary>Accounts that speak for every organisation.</summary>
    public HashSet<string> Representatives { get; } = [];

    public int Checks => checks;

    public void CountCheck() => Interlocked.Increment(ref checks);

    public string Url => app.Urls.First();

    public static async Task<Neighbours> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, o => o.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(o => o.MaxReceiveMessageSize = null);
        Neighbours? neighbours = null;
        builder.Services.AddSingleton(_ => neighbours!);
        var app = builder.Build();
        neighbours = new Neighbours(app);
        app.MapGrpcService<UnitsService>();
        app.MapGrpcService<PastUnits>();
        app.MapGrpcService<AccountsService>();
        app.MapGrpcService<StaffList>();
        app.MapGrpcService<NumberSearch>();
        app.MapGrpcService<OwnerSearch>();
        app.MapGrpcService<SigningService>();
        app.MapGrpcService<SigningRooms>();
        app.MapGrpcService<Fees.QuoteService>();
        app.MapGrpcService<Authority>();
        await app.StartAsync();
        return neighbours;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    internal static RpcException Down() => new(new Status(StatusCode.Unavailable, "down"));

    private sealed class UnitsService(Neighbours owner) : Units.UnitsBase
    {
        public override Task<BatchGetUnitsResponse> BatchGetUnits(BatchGetUnitsRequest request, ServerCallContext context)
        {
            Interlocked.Increment(ref owner.unitCalls);
            if (owner.IdentityDown)
                throw Down();
            var answer = new BatchGetUnitsResponse();
            var today = owner.Today ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            answer.Units.AddRange(request.Codes.Select(c => PastUnits.On(c, today)).OfType<Unit>());
            // Units that no test before has asked for, as many as needed.
            answer.Units.AddRange(request.Codes.Where(c => c == DossierFixture.Province || (c.StartsWith("06", StringComparison.Ordinal) && c.Length > 5)).Select(c => new Unit
            {
                Id = c + "@2025-07-01",
                Code = c,
                NameVi = "Phường " + c,
                NameEn = "Ward " + c,
                Level = c == DossierFixture.Province ? "province" : "commune",
                ParentCode = c == owner.OtherProvince ? "31" : "22",
            }));
            return Task.FromResult(answer);
        }
    }

    private sealed class AccountsService(Neighbours owner) : Accounts.AccountsBase
    {
        public override Task<BatchGetContactPointsResponse> BatchGetContactPoints(BatchGetContactPointsRequest request, ServerCallContext context)
        {
            Interlocked.Increment(ref owner.contactCalls);
            var claims = new JsonWebToken(context.RequestHeaders.GetValue("authorization")!["Bearer ".Length..]);
            if (claims.GetPayloadValue<string>("scope") != Policies.InternalScope)
                throw new RpcException(new Status(StatusCode.PermissionDenied, "services only"));
            if (owner.IdentityDown)
                throw Down();
            var answer = new BatchGetContactPointsResponse();
            foreach (var id in request.AccountIds)
                if (owner.Contacts.TryGetValue(id, out var contact))
                    answer.ContactPoints.Add(new ContactPoints { AccountId = id, DisplayName = "Người Thử", Email = contact.Email, Phone = contact.Phone, Language = "vi" });
            return Task.FromResult(answer);
        }

        public override Task<BatchGetAccountsResponse> BatchGetAccounts(BatchGetAccountsRequest request, ServerCallContext context)
        {
            // Like the real one: accounts are told to services only.
            var claims = new JsonWebToken(context.RequestHeaders.GetValue("authorization")!["Bearer ".Length..]);
            if (claims.GetPayloadValue<string>("scope") != Policies.InternalScope)
                throw new RpcException(new Status(StatusCode.PermissionDenied, "services only"));
            if (owner.IdentityDown)
                throw Down();
            var answer = new BatchGetAccountsResponse();
            foreach (var id in request.Ids)
                if (owner.People.TryGetValue(id, out var name))
                    answer.Accounts.Add(new Account { Id = id, DisplayName = name, Kind = "citizen", Roles = { Roles.Citizen } });
                else if (owner.Officials.TryGetValue(id, out var official))
                    answer.Accounts.Add(new Account { Id = id, DisplayName = "Cán bộ", Kind = "official", UnitCode = official.Unit, Roles = { official.Roles } });
            return Task.FromResult(answer);
        }
    }

    private sealed class SigningService(Neighbours owner) : Signing.SigningBase
    {
        public override Task<ValidatePdfResponse> ValidatePdf(ValidatePdfRequest request, ServerCallContext context)
        {
            owner.ValidationTokens.Enqueue(context.RequestHeaders.GetValue("authorization") ?? "");
            return owner.SignatureDown ? throw Down() : Task.FromResult(new ValidatePdfResponse { Indication = owner.Indication, Signatures = { new SignatureReport { SignerSubject = owner.PersonSubject } } });
        }

        public override Task<SignPdfResponse> SignPdf(SignPdfRequest request, ServerCallContext context)
        {
            owner.SignTokens.Enqueue(context.RequestHeaders.GetValue("authorization") ?? "");
            owner.SignRequests.Enqueue(request);
            if (owner.SignatureDown || owner.SealDown)
                throw Down();
            // Like the real one: the bytes of the document with something appended.
            byte[] signed = [.. request.Pdf.Span, .. "\n% signed\n%%EOF\n"u8];
            owner.Answers.GetOrAdd(request.DocumentId, _ => []).Add(signed);
            return Task.FromResult(new SignPdfResponse
            {
                SignatureId = Guid.CreateVersion7().ToString(),
                SignedPdf = ByteString.CopyFrom(signed),
                SignerSubject = "CN=Test",
                Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(signed)),
                SignedAt = TimeProvider.System.GetUtcNow().ToString("O"),
            });
        }
    }
}
