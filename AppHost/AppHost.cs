// The whole system: what runs, who needs whom, and what must be there first.
using System.Globalization;
using Microsoft.Extensions.Hosting;

var builder = DistributedApplication.CreateBuilder(args);
var running = builder.ExecutionContext.IsRunMode;
var replicas = Number("Replicas", 1);
var gatewayPort = Number("GatewayPort", 5080);

// Servers. Only what they hold must survive a restart; Redis is expendable, so nobody waits for it.
var postgres = builder.AddPostgres("postgres", password: Secret("postgres-password")).WithDataVolume();
var broker = builder.AddRabbitMQ("broker", password: Secret("broker-password")).WithDataVolume().WithManagementPlugin();
var cache = builder.AddRedis("cache").WithDataVolume().WithPersistence();

// The two faces of the platform come first: everybody must know the public address.
var gateway = Process<Projects.HaLong_Gateway>("gateway").WithHttpEndpoint(port: gatewayPort, name: "http").WithExternalHttpEndpoints()
    .WithHttpEndpoint(name: "management", env: "MANAGEMENT_PORT").WithHttpHealthCheck("/health", endpointName: "management");
var portal = Project<Projects.HaLong_Portal>("portal").WithEnvironment("PublicUrl", gateway.GetEndpoint("http")).WithReference(cache);

// Services. A service's secret is what it shows identity to get a token of its own.
var secrets = new Dictionary<string, IResourceBuilder<ParameterResource>>
{
    ["identity"] = Secret("identity-client-secret"),
    ["dossier"] = Secret("dossier-client-secret"),
    ["payment"] = Secret("payment-client-secret"),
    ["notification"] = Secret("notification-client-secret"),
    ["e-signature"] = Secret("e-signature-client-secret"),
    ["gateway"] = Secret("gateway-client-secret"),
};
var partnerSecret = Secret("partner-client-secret");
// Each of these protects the private keys in one service's database.
var tokenKeys = Secret("identity-key-password");
var signingKeys = Secret("pki-key-password");
var webhookKeys = Secret("webhook-key-password");
var receiptKeys = Secret("dossier-key-password");
var demoPassword = running && builder.Environment.IsDevelopment() ? Secret("demo-password") : null;

var identity = Service<Projects.HaLong_Identity>("identity", "identity-db", service =>
{
    service.WithEnvironment("Portal__Url", portal.GetEndpoint("http")).WithEnvironment("Keys__Password", tokenKeys)
        .WithEnvironment("Clients__partner__Secret", partnerSecret);
    foreach (var client in new[] { "identity", "dossier", "payment", "notification", "e-signature", "gateway" })
        service.WithEnvironment($"Clients__{client}__Secret", secrets[client]);
    // The public keys of the partner, when it proves itself by signatures instead of the secret.
    if (builder.Configuration["PartnerKeys"] is { Length: > 0 } keys)
        service.WithEnvironment("Clients__partner__Keys", keys);
    if (demoPassword is not null)
        service.WithEnvironment("Demo__Password", demoPassword);
}).WithReference(cache);

var signature = Service<Projects.HaLong_Signatures>("e-signature", "signature-db", service => service.WithEnvironment("Pki__KeyPassword", signingKeys))
    .WithReference(identity);

var payment = Service<Projects.HaLong_Payments>("payment", "payment-db")
    .WithReference(identity).WithReference(signature);

var dossier = Service<Projects.HaLong_Dossiers>("dossier", "dossier-db", service => service.WithEnvironment("Keys__Password", receiptKeys))
    .WithReference(identity).WithReference(payment).WithReference(signature).WithReference(cache)
    .WithEnvironment("Files__Path", running ? Path.Combine(RunDirectory(), "files") : "/data/files");

var notification = Service<Projects.HaLong_Notifications>("notification", "notification-db", service => service.WithEnvironment("Webhooks__KeyPassword", webhookKeys))
    .WithReference(identity).WithReference(cache)
    .WithEnvironment("Smtp__From", "no-reply@halong.example").WithEnvironment("Smtp__Bounces", "bounce@halong.example")
    // There it makes users for partners inside the network, as the user of its own connection.
    .WithEnvironment("BrokerManagement__Url", broker.GetEndpoint("management"))
    // Providers' rates are shared by its replicas.
    .WithEnvironment("Sending__Replicas", replicas.ToString(CultureInfo.InvariantCulture));

// Codes and notices to a telephone go through the service that knows the providers; for that identity gets a token of its own, from itself.
identity.WithReference(notification).WithReference(identity);

Known(gateway, "gateway").WithReference(cache).WithReference(portal)
    .WithReference(identity).WithReference(dossier).WithReference(payment).WithReference(notification).WithReference(signature);

if (running)
{
    // The world outside, simulated: two providers of signatures, two banks, the national portal with its payment platform, mail server, two SMS providers, Zalo, national identity provider, a partner's webhook endpoint.
    var bankSecret = Secret("bank-secret");
    var listSecret = Secret("bank-list-secret");
    var platformSecret = Secret("payment-platform-secret");
    var platformToken = Secret("payment-platform-token");
    var smsKey = Secret("sms-api-key");
    var mailReports = Secret("mail-report-secret");
    var vneidSecret = Secret("vneid-client-secret");
    var portalSecret = Secret("national-portal-client-secret");
    var cscSecret = Secret("csc-client-secret");
    var smartCaPassword = Secret("smartca-sp-password");
    var smartCaHook = Secret("smartca-hook-secret");
    var smsReceipts = Secret("sms-receipt-secret");
    var smsSoapPassword = Secret("sms-soap-password");
    var zaloSecret = Secret("zalo-secret-key");
    var zaloEvents = Secret("zalo-oa-secret-key");
    var zaloFirstToken = Secret("zalo-refresh-token");
    var lab = Project<Projects.HaLong_PartnerLab>("partner-lab")
        .WithHttpEndpoint(name: "smtp", env: "SMTP_PORT")
        .WithEnvironment("Bank__NotifyUrl", $"http://localhost:{gatewayPort}/hooks/bank/lab")
        .WithEnvironment("Bank__Secret", bankSecret)
        .WithEnvironment("Bank__StatementUrl", $"http://localhost:{gatewayPort}/hooks/bank/lists")
        .WithEnvironment("Bank__StatementSecret", listSecret)
        .WithEnvironment("PaymentPlatform__ConfirmUrl", $"http://localhost:{gatewayPort}/hooks/portal-payment")
        .WithEnvironment("PaymentPlatform__Secret", platformSecret)
        .WithEnvironment("PaymentPlatform__Token", platformToken)
        .WithEnvironment("NationalPortal__ClientSecret", portalSecret)
        .WithEnvironment("Sms__ApiKey", smsKey)
        .WithEnvironment("Sms__ReceiptUrl", $"http://localhost:{gatewayPort}/hooks/sms/sms").WithEnvironment("Sms__ReceiptSecret", smsReceipts)
        .WithEnvironment("SmsSoap__Password", smsSoapPassword)
        .WithEnvironment("Zalo__HookUrl", $"http://localhost:{gatewayPort}/hooks/zalo").WithEnvironment("Zalo__OaSecretKey", zaloEvents)
        .WithEnvironment("Zalo__SecretKey", zaloSecret).WithEnvironment("Zalo__RefreshToken", zaloFirstToken)
        .WithEnvironment("Smtp__ReportsUrl", $"http://localhost:{gatewayPort}/hooks/mail/reports").WithEnvironment("Smtp__ReportsSecret", mailReports)
        .WithEnvironment("Signing__CscClientSecret", cscSecret)
        .WithEnvironment("Signing__SmartCaSpPassword", smartCaPassword)
        .WithEnvironment("Signing__HookUrl", $"http://localhost:{gatewayPort}/hooks/signing/smartca")
        .WithEnvironment("Signing__HookSecret", smartCaHook)
        .WithEnvironment("Vneid__ClientSecret", vneidSecret);
    signature.WithEnvironment("Providers__Csc__lab__Url", lab.GetEndpoint("http"))
        .WithEnvironment("Providers__Csc__lab__ClientId", "halong").WithEnvironment("Providers__Csc__lab__ClientSecret", cscSecret)
        .WithEnvironment("Providers__SmartCa__Url", lab.GetEndpoint("http")).WithEnvironment("Providers__SmartCa__Path", "/sca/sp769")
        .WithEnvironment("Providers__SmartCa__SpId", "halong").WithEnvironment("Providers__SmartCa__SpPassword", smartCaPassword)
        .WithEnvironment("Providers__SmartCa__HookSecret", smartCaHook);
    payment.WithEnvironment("Bank__Providers__lab__Secret", bankSecret)
        .WithEnvironment("Bank__Providers__lists__Secret", listSecret)
        .WithEnvironment("Bank__Providers__lists__Shape", "statement")
        .WithEnvironment("NationalPortal__Url", lab.GetEndpoint("http")).WithEnvironment("NationalPortal__Path", "/payment-platform/messages")
        .WithEnvironment("NationalPortal__Partner", "HALONG")
        .WithEnvironment("NationalPortal__Secret", platformSecret).WithEnvironment("NationalPortal__Token", platformToken);
    dossier.WithEnvironment("NationalPortal__Url", lab.GetEndpoint("http")).WithEnvironment("NationalPortal__Path", "/national-portal")
        .WithEnvironment("NationalPortal__ClientId", "halong").WithEnvironment("NationalPortal__ClientSecret", portalSecret);
    // For this one (tách thửa hoặc hợp thửa đất) a code soon ends, so that money that comes too late can be shown.
    if (builder.Environment.IsDevelopment())
        payment.WithEnvironment("Payments__Lifetimes__1.012784", "00:00:30");
    notification.WithEnvironment("Smtp__Url", lab.GetEndpoint("smtp")).WithEnvironment("Smtp__Reports__Secret", mailReports)
        .WithEnvironment("Sms__Url", lab.GetEndpoint("http")).WithEnvironment("Sms__Path", "/sms/messages")
        .WithEnvironment("Sms__ApiKey", smsKey).WithEnvironment("Sms__Sender", "HALONG").WithEnvironment("Sms__HookSecret", smsReceipts);
    notification.WithEnvironment("SmsSoap__Url", lab.GetEndpoint("http")).WithEnvironment("SmsSoap__Path", "/sms-soap")
        .WithEnvironment("SmsSoap__User", "halong").WithEnvironment("SmsSoap__Password", smsSoapPassword)
        .WithEnvironment("SmsSoap__CpCode", "HALONG").WithEnvironment("SmsSoap__Sender", "HALONG");
    notification.WithEnvironment("Zalo__Url", lab.GetEndpoint("http")).WithEnvironment("Zalo__Path", "/zalo")
        .WithEnvironment("Zalo__AuthUrl", lab.GetEndpoint("http")).WithEnvironment("Zalo__AuthPath", "/zalo")
        .WithEnvironment("Zalo__AppId", "4100000000000000001").WithEnvironment("Zalo__SecretKey", zaloSecret).WithEnvironment("Zalo__OaSecretKey", zaloEvents)
        .WithEnvironment("Zalo__RefreshToken", zaloFirstToken).WithEnvironment("Zalo__KeyPassword", Secret("zalo-key-password"));
    identity.WithEnvironment("Federation__Providers__vneid__Authority", lab.GetEndpoint("http"))
        .WithEnvironment("Federation__Providers__vneid__Path", "/vneid")
        .WithEnvironment("Federation__Providers__vneid__ClientId", "halong")
        .WithEnvironment("Federation__Providers__vneid__ClientSecret", vneidSecret)
        .WithEnvironment("Federation__Providers__vneid__DisplayNameVi", "VNeID (mô phỏng)")
        .WithEnvironment("Federation__Providers__vneid__DisplayNameEn", "VNeID (simulated)");
}
else
{
    // Mail is signed, and encrypted on its way; push messages need a pair of keys (the verb push-keys makes one).
    notification.WithEnvironment("Smtp__Url", builder.AddParameter("smtp-url"))
        .WithEnvironment("Smtp__Reports__Secret", Secret("mail-report-secret"))
        .WithEnvironment("Smtp__Dkim__Keys__0__Selector", builder.AddParameter("dkim-selector"))
        .WithEnvironment("Smtp__Dkim__Keys__0__File", builder.AddParameter("dkim-key-file"))
        .WithEnvironment("Push__PublicKey", builder.AddParameter("push-public-key")).WithEnvironment("Push__PrivateKey", Secret("push-private-key"))
        .WithEnvironment("Sms__Url", builder.AddParameter("sms-url"))
        .WithEnvironment("Sms__ApiKey", Secret("sms-api-key"))
        .WithEnvironment("Sms__Sender", builder.AddParameter("sms-sender"));
}

builder.Build().Run();

// A process with HTTP, healthy when /health says so.
IResourceBuilder<ProjectResource> Project<TProject>(string name) where TProject : IProjectMetadata, new() =>
    Process<TProject>(name).WithHttpEndpoint(name: "http").WithHttpHealthCheck("/health");

IResourceBuilder<ProjectResource> Process<TProject>(string name) where TProject : IProjectMetadata, new()
{
    var process = builder.AddProject<TProject>(name, launchProfileName: null);
    return !running
        ? process
        : process.WithEnvironment("ASPNETCORE_ENVIRONMENT", builder.Environment.EnvironmentName)
            .WithEnvironment("DOTNET_ENVIRONMENT", builder.Environment.EnvironmentName);
}

// A service: its database, a run that migrates it, then as many processes as wanted, for HTTP and gRPC.
IResourceBuilder<ProjectResource> Service<TProject>(string name, string databaseName, Action<IResourceBuilder<ProjectResource>>? settings = null)
    where TProject : IProjectMetadata, new()
{
    var database = postgres.AddDatabase(databaseName);
    var migration = Process<TProject>($"{name}-migrate").WithArgs("migrate").WaitFor(database);
    var service = Project<TProject>(name).WithHttpEndpoint(name: "grpc", env: "GRPC_PORT").WithReplicas(replicas)
        .WaitForCompletion(migration).WaitFor(broker);
    migration.WithParentRelationship(service);
    foreach (var process in new[] { migration, service })
    {
        Known(process, name).WithReference(database).WithReference(broker);
        settings?.Invoke(process);
    }

    return service;
}

// What a process needs to take part: the public address, which is also the tokens' issuer, and its own client.
IResourceBuilder<ProjectResource> Known(IResourceBuilder<ProjectResource> process, string client) => process
    .WithEnvironment("PublicUrl", gateway.GetEndpoint("http"))
    .WithEnvironment("ServiceAuth__ClientId", client)
    .WithEnvironment("ServiceAuth__ClientSecret", secrets[client]);

IResourceBuilder<ParameterResource> Secret(string name) => builder.AddParameter(name, secret: true);

int Number(string key, int otherwise) => int.Parse(builder.Configuration[key] ?? $"{otherwise}", CultureInfo.InvariantCulture);

string RunDirectory() => Path.GetFullPath(builder.Configuration["RunDirectory"] ?? Path.Combine(builder.Environment.ContentRootPath, "..", ".run"));
