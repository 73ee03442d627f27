using HaLong.PartnerLab;

var builder = WebApplication.CreateBuilder(args);
if (!builder.Environment.IsDevelopment())
{
    await Console.Error.WriteLineAsync("partner-lab simulates the outside world and starts only in Development (ASPNETCORE_ENVIRONMENT).");
    return 1;
}

builder.AddPartnerLab();
var app = builder.Build();
app.MapPartnerLab();
await app.RunAsync();
return 0;
