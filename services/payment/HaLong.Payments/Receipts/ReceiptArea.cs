using HaLong.ServiceDefaults;
using HaLong.Signatures.V1;
using MassTransit;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Receipts;

/// <summary>Table of contents of receipts.</summary>
internal static class ReceiptArea
{
    public static void AddReceipts(this WebApplicationBuilder builder)
    {
        builder.AddOptions<ReceiptOptions>(ReceiptOptions.Section)
            .Configure<IConfiguration>((options, configuration) => options.PublicUrl = configuration["PublicUrl"] ?? "");
        builder.Services.AddSingleton<IValidateOptions<ReceiptOptions>, ReceiptOptionsCheck>();
        builder.AddGrpcClient<Signing.SigningClient>("e-signature");
        builder.Services.AddSingleton<ReceiptTelemetry>();
        builder.Services.AddScoped<ReceiptBook>().AddScoped<GetReceipt>().AddScoped<LookUpReceipt>();
        builder.Services.AddSingleton<ReceiptWatch>().AddHostedService(s => s.GetRequiredService<ReceiptWatch>());
    }

    public static void AddConsumers(IRegistrationConfigurator bus)
    {
        bus.AddConsumer<IssueReceipt>();
        bus.AddConsumer<SealReceipt>();
    }

    public static void Map(IEndpointRouteBuilder app, IEndpointRouteBuilder payments)
    {
        GetReceipt.Map(payments);
        var receipts = app.MapGroup("/api/v1/receipts").WithTags("Receipts");
        ListReceipts.Map(receipts);
        LookUpReceipt.Map(receipts);
        VerifyNumbers.Map(receipts);
    }
}
