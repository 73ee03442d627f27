using HaLong.Messaging;
using HaLong.Payments;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("payment");
builder.AddPayments();

var app = builder.Build();
app.MapServiceDefaults();
app.MapPayments();

return await app.RunOrMigrateAsync<PaymentDbContext>(args);
